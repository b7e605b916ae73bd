"""Ordered exact alignment: which of the numbers in the text each copied number is."""

from collections.abc import Callable, Sequence

Preference = Callable[[int, int], int]
"""(index of the wanted text, index of the place) → how well they fit otherwise; 0 is no opinion."""


def align(wanted: Sequence[str], texts: Sequence[str], preference: Preference) -> list[int | None]:
    """Find each wanted text among the texts, equal as a whole, no place used twice.

    Most matches win; then matches in reading order over crossing ones; then the higher sum of preferences;
    then earlier places. What cannot be matched in order takes the first equal place that is left.

    Args:
        wanted: the copied texts in their order.
        texts: the texts of the places in reading order.
        preference: decides between equal texts.

    Returns:
        For each wanted text the index of its place, or None.
    """
    places = [[at for at, text in enumerate(texts) if text == want] for want in wanted]
    if all(len(found) == 1 for found in places) and len({found[0] for found in places}) == len(places):
        return [found[0] for found in places]  # the usual case: every number stands there exactly once
    return _fill_crossing(_in_order(places, len(texts), preference), places)


def _in_order(places: list[list[int]], n_texts: int, preference: Preference) -> list[int | None]:
    """The best alignment that keeps the order, by the classic table over (wanted, texts) suffixes."""
    rows, columns = len(places), n_texts
    best = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    gain = [{at: (1, preference(row, at)) for at in found} for row, found in enumerate(places)]
    for row in range(rows - 1, -1, -1):
        for at in range(columns - 1, -1, -1):
            choices = [best[row + 1][at], best[row][at + 1]]
            if at in gain[row]:
                choices.append(_plus(gain[row][at], best[row + 1][at + 1]))
            best[row][at] = max(choices)
    chosen: list[int | None] = [None] * rows
    row = at = 0
    while row < rows and at < columns:
        if at in gain[row] and best[row][at] == _plus(gain[row][at], best[row + 1][at + 1]):
            chosen[row] = at
            row, at = row + 1, at + 1
        elif best[row][at] == best[row][at + 1]:
            at += 1
        else:
            row += 1
    return chosen


def _fill_crossing(chosen: list[int | None], places: list[list[int]]) -> list[int | None]:
    used = {at for at in chosen if at is not None}
    filled: list[int | None] = []
    for at, candidates in zip(chosen, places, strict=True):
        place = at if at is not None else next((c for c in candidates if c not in used), None)
        if place is not None:
            used.add(place)
        filled.append(place)
    return filled


def _plus(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
