"""Checks of a record's figures against the numbers that they were read from."""

from collections.abc import Iterator

from extract.checks.comparison import NUMBER_COMPARISONS, differences
from extract.checks.context import Context, Finding, ReadFigure
from extract.checks.issues import issue
from extract.checks.messages import doubts_in_words, say
from extract.checks.places import Place, shared_by_several
from extract.checks.similarity import core
from schemas import Issue


def figures_against_mentions(context: Context) -> Iterator[Finding]:
    """`digits_differ`, `scale_differs`, `unit_differs`, `direction_differs`, `modifier_differs`."""
    for read in context.figures:
        if not read.agrees or read.figure.value != read.place.mention.value:
            for difference in differences(read.stated, read.place, NUMBER_COMPARISONS):
                yield Finding(read.n, say(difference, read.record.indicator, read.place))


def claimed_twice(context: Context) -> Iterator[Finding]:
    """`claimed_twice` on every record that shares a number with another record, or has it twice.

    One number that the sentence gives to several indicators (A、B 均增长5%) may be in a record of each; two names of
    one indicator are not several.
    """
    claimants: dict[int, list[ReadFigure]] = {}
    for read in context.figures:
        claimants.setdefault(read.figure.start, []).append(read)
    for reads in claimants.values():
        if len(reads) < 2:
            continue
        names = [read.record.indicator for read in reads]
        place = reads[0].place
        if len(set(map(core, names))) == len(names) and shared_by_several(place):
            continue
        for n in dict.fromkeys(read.n for read in reads):
            yield Finding(n, _twice(place, names))


def unsure_readings(context: Context) -> Iterator[Finding]:
    """`unsure_reading` where the engine itself has doubts about a figure."""
    for read in context.figures:
        if read.figure.confidence == "unsure":
            chinese, english = doubts_in_words(read.figure.doubts)
            yield Finding(
                read.n,
                issue(
                    "unsure_reading",
                    f"把“{read.place.text}”读作“{read.record.indicator}”没有把握（{chinese}），请核对。",
                    f"Reading {read.place.text} as {read.record.indicator} is unsure: {english}.",
                    [(read.place.start, read.place.end)],
                ),
            )


def _twice(place: Place, names: list[str]) -> Issue:
    both = "、".join(list(dict.fromkeys(names))[:5])
    return issue(
        "claimed_twice",
        f"原文中的一个“{place.text}”被用了{len(names)}次（{both}）。",
        f"One number of the text, {place.text}, is used {len(names)} times ({both}).",
        [(place.start, place.end)],
    )
