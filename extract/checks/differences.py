"""Where two copies of one report differ, and which of these places change a number.

    clean texts → sentences aligned → what is left: clauses aligned → characters and whole numbers aligned

Blanks, line breaks and widths are no differences: clean text has none of those left. A number is one token,
so that 11.2% against 1.2% is another number and never a missing digit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from extract.documents.model import CleanText, Report
from extract.numbers import Mention

Span = tuple[int, int]
Ranges = tuple[int, int, int, int]
"""First and beyond-last token of one side, then of the other."""

Kind = Literal["changed", "only_a", "only_b"]
What = Literal["value", "unit", "modifier", "direction", "missing"]

_SENTENCE, _CLAUSE = frozenset("。！？；"), frozenset("，、：。！？；")
_DIGITS = re.compile(r"\d+(?:\.\d+)?|[零〇一二三四五六七八九十百千万亿两]+")
_MOST_CELLS = 2_000_000
"""Passages whose lengths multiply to more are told as a whole: they share nothing that would be worth showing."""
_BARE = frozenset({"number", "ordinal"})
"""Kinds whose unit is a counting word or none: 六中全会 and 六次全会 say the same number."""
_NEAR = 8  # characters between a number and a word that qualifies it
_CONTEXT = 18


@dataclass(frozen=True, slots=True)
class Text:
    """One side: a clean text and its numbers in reading order."""

    clean: CleanText
    mentions: Sequence[Mention]


@dataclass(frozen=True, slots=True)
class Side:
    """A passage of one side: its span in the source and its clean text, which may be empty."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that is another one on the other side.

    Attributes:
        what: what of it differs; `missing` where one side has no number at all.
        a, b: the number as it stands on either side, with its span in the source.
        detail: what is read differently where the number itself is the same: `exact → about`.
    """

    what: What
    a: Side | None
    b: Side | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the texts differ.

    Attributes:
        kind: whether both sides say something there.
        a, b: what they say.
        before, after: what stands around it on the first side that has it.
        numbers: the numbers that it changes; most differences change none.
    """

    kind: Kind
    a: Side
    b: Side
    before: str
    after: str
    numbers: tuple[NumberChange, ...]


def text_of(report: Report, mentions: Sequence[Mention]) -> Text:
    """One side of a comparison: a report and the numbers of its clean text."""
    return Text(report.clean, mentions)


def differences(a: Text, b: Text) -> list[Difference]:
    """All places where two texts differ, in reading order.

    Args:
        a: one side; spans of the differences point into the source of each.
        b: the other side.
    """
    left, right = _tokens(a), _tokens(b)
    ranges = list(_unequal(left, right))
    spans = [(left.span(i1, i2), right.span(j1, j2)) for i1, i2, j1, j2 in ranges]
    qualified = _qualified(left, right, ranges, spans)
    return [
        _difference(a, b, *spans[n], (*_changed(left, right, one), *qualified.get(n, ())))
        for n, one in enumerate(ranges)
    ]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A clean text in tokens: numbers whole, all else character by character, line breaks left out."""

    text: Text
    words: list[str]
    places: list[int]
    numbers: dict[int, Mention]  # by token

    def span(self, first: int, beyond: int) -> Span:
        """The clean span of some tokens; of none, the place where they would stand."""
        if first == beyond:
            place = self.places[first] if first < len(self.places) else len(self.text.clean.text)
            return place, place
        last = beyond - 1
        return self.places[first], self.places[last] + len(self.words[last])


def _tokens(text: Text) -> _Tokens:
    words: list[str] = []
    places: list[int] = []
    numbers: dict[int, Mention] = {}
    at = 0
    for mention in (*text.mentions, None):
        stop = mention.start if mention else len(text.clean.text)
        for place in range(at, stop):
            if not text.clean.text[place].isspace():
                words.append(text.clean.text[place])
                places.append(place)
        if mention:
            numbers[len(words)] = mention
            words.append(text.clean.text[mention.start : mention.end])
            places.append(mention.start)
            at = mention.end
    return _Tokens(text, words, places, numbers)


def _unequal(a: _Tokens, b: _Tokens) -> Iterator[Ranges]:
    """Token ranges that differ: sentences first, then the clauses and tokens of those that have no equal."""
    whole = ((0, len(a.words)), (0, len(b.words)))
    for here, there in _aligned(a, b, *whole, _SENTENCE):
        for one, other in _aligned(a, b, here, there, _CLAUSE):
            cells = (one[1] - one[0]) * (other[1] - other[0])
            if cells == 0 or cells > _MOST_CELLS:
                yield *one, *other
                continue
            matcher = SequenceMatcher(None, a.words[slice(*one)], b.words[slice(*other)], autojunk=False)
            for i1, i2, j1, j2 in _together(matcher, a, one[0]):
                yield one[0] + i1, one[0] + i2, other[0] + j1, other[0] + j2


def _together(matcher: "SequenceMatcher[str]", a: _Tokens, offset: int) -> Iterator[Ranges]:
    """Differences with a single character between them are one: 新建 against 建成."""
    waiting: Ranges | None = None
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            if waiting and (i2 - i1 > 1 or offset + i1 in a.numbers):
                yield waiting
                waiting = None
        else:
            waiting = (waiting[0], i2, waiting[2], j2) if waiting else (i1, i2, j1, j2)
    if waiting:
        yield waiting


def _aligned(
    a: _Tokens, b: _Tokens, here: Span, there: Span, stops: frozenset[str]
) -> Iterator[tuple[Span, Span]]:
    """Token ranges between the pieces that both sides share."""
    left, right = _pieces(a, here, stops), _pieces(b, there, stops)
    matcher = SequenceMatcher(None, [key for key, _ in left], [key for key, _ in right], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield _range(left, i1, i2, here), _range(right, j1, j2, there)


def _pieces(tokens: _Tokens, span: Span, stops: frozenset[str]) -> list[tuple[str, Span]]:
    """Runs of tokens that end in a stop."""
    out: list[tuple[str, Span]] = []
    begin = span[0]
    for at in range(*span):
        if tokens.words[at] in stops or at + 1 == span[1]:
            out.append(("".join(tokens.words[begin : at + 1]), (begin, at + 1)))
            begin = at + 1
    return out


def _range(pieces: list[tuple[str, Span]], first: int, beyond: int, whole: Span) -> Span:
    if first < beyond:
        return pieces[first][1][0], pieces[beyond - 1][1][1]
    place = pieces[first][1][0] if first < len(pieces) else whole[1]
    return place, place


def _changed(a: _Tokens, b: _Tokens, ranges: Ranges) -> Iterator[NumberChange]:
    """The numbers of a difference that have no equal on the other side, paired in their order."""
    here = [a.numbers[at] for at in range(ranges[0], ranges[1]) if at in a.numbers]
    there = [b.numbers[at] for at in range(ranges[2], ranges[3]) if at in b.numbers]
    matcher = SequenceMatcher(
        None, [_said(one) for one in here], [_said(one) for one in there], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for one, other in zip_longest(here[i1:i2], there[j1:j2]):
            yield NumberChange(
                _what(one, other),
                _side(a.text, (one.start, one.end)) if one else None,
                _side(b.text, (other.start, other.end)) if other else None,
            )


def _said(mention: Mention) -> tuple[object, ...]:
    """What a number says, however it is written: 3.0% is 3%. Names and dates say their digits."""
    if mention.value is None:
        return (tuple(_DIGITS.findall(mention.text)),)
    unit = mention.unit if mention.kind not in _BARE else None
    return (mention.value.normalize(), mention.upper), unit, mention.modifier, mention.direction


_SAID: tuple[What, ...] = ("value", "unit", "modifier", "direction")


def _what(one: Mention | None, other: Mention | None) -> What:
    """The first thing in which two numbers differ."""
    if one is None or other is None:
        return "missing"
    pairs = zip(_SAID, _said(one), _said(other), strict=False)
    return next((what for what, here, there in pairs if here != there), "value")


def _qualified(
    a: _Tokens, b: _Tokens, ranges: Sequence[Ranges], spans: Sequence[tuple[Span, Span]]
) -> dict[int, list[NumberChange]]:
    """Numbers that stand on both sides, but hedged or directed otherwise by a difference beside them."""
    found: dict[int, list[NumberChange]] = {}
    begin = other = 0
    for i1, i2, _, j2 in (*ranges, (len(a.words), 0, len(b.words), 0)):
        for at in range(begin, i1):
            here, there = a.numbers.get(at), b.numbers.get(other + at - begin)
            change = _otherwise(a.text, b.text, here, there) if here and there else None
            if here and there and change:
                near = min(range(len(spans)), key=lambda n: _distance(spans[n], here, there), default=None)
                if near is not None and _distance(spans[near], here, there) <= _NEAR:
                    found.setdefault(near, []).append(change)
        begin, other = i2, j2
    return found


def _otherwise(a: Text, b: Text, here: Mention, there: Mention) -> NumberChange | None:
    what: What
    if here.modifier != there.modifier:
        what, detail = "modifier", f"{here.modifier} → {there.modifier}"
    elif here.direction != there.direction:
        what, detail = "direction", f"{here.direction or '-'} → {there.direction or '-'}"
    else:
        return None
    return NumberChange(what, _side(a, (here.start, here.end)), _side(b, (there.start, there.end)), detail)


def _distance(spans: tuple[Span, Span], here: Mention, there: Mention) -> int:
    """How many characters lie between a difference and a number, on the side where they are nearer."""
    return min(
        max(span[0] - one.end, one.start - span[1], 0) for span, one in zip(spans, (here, there), strict=True)
    )


def _difference(a: Text, b: Text, here: Span, there: Span, numbers: tuple[NumberChange, ...]) -> Difference:
    kind: Kind = "only_b" if here[0] == here[1] else "only_a" if there[0] == there[1] else "changed"
    text, span = a.clean.text, here
    before = text[max(0, span[0] - _CONTEXT) : span[0]].replace("\n", "")
    after = text[span[1] : span[1] + _CONTEXT].replace("\n", "")
    return Difference(kind, _side(a, here), _side(b, there), before, after, numbers)


def _side(text: Text, span: Span) -> Side:
    """A clean span as a place in the source; an empty one lies before the character that follows it."""
    if span[0] < span[1]:
        return Side(*text.clean.source_span(*span), text.clean.text[slice(*span)].replace("\n", ""))
    offsets = text.clean.offsets
    place = offsets[span[0]] if span[0] < len(offsets) else (offsets[-1] + 1 if offsets else 0)
    return Side(place, place, "")
