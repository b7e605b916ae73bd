"""The clause around a number of a quote, and what its words say about the number."""

import re

_MARK = re.compile(r"[，。；：！？;:!?\n]|,(?!\d)")
_STRONG_MARK = re.compile(r"[。；！？;!?]")
_BLANKS = re.compile(r"\s+")
_ESTIMATED = re.compile(r"预计|初步核算|初步统计|快报|预测")
_ADVERBS = re.compile(r"(?:\s|20\d\d年|全年|去年|过去一年|一年来|经|据|全[省市区县])*")
_PART_YEAR = re.compile(
    r"上半年|下半年|[一二三四前两]+季度|第?[一二三四]季度|\d{1,2}月(?!底|末)|月末|1-\d{1,2}月|前\d个月|一季度"
)
_AVERAGE = re.compile(r"年均|平均每年|年平均|每年")
_COMMITMENTS = (
    ("ensure", re.compile(r"确保|保证|必须")),
    ("strive", re.compile(r"力争|争取|努力|力求|奋力|冲刺|奋斗目标|挑战目标")),
    ("expect", re.compile(r"预期|预计|有望")),
)


def announced(quote: str) -> bool:
    """Whether a sentence announces the goals of a plan."""
    return "预期目标" in quote or "主要目标" in quote


def clause_around(quote: str, start: int, end: int) -> tuple[int, int]:
    """The span of the clause of a quote that holds [start, end)."""
    first = 0
    for mark in _MARK.finditer(quote, 0, start):
        first = mark.end()
    after = _MARK.search(quote, end)
    return first, after.start() if after else len(quote)


def one_line(text: str) -> str:
    """A text without blanks and line breaks, as Chinese is read."""
    return _BLANKS.sub("", text)


def estimated(quote: str, start: int) -> bool:
    """Whether a number is only expected: 预计 opens a clause of its thought, or stands in its own clause."""
    stops = [mark.end() for mark in _STRONG_MARK.finditer(quote, 0, start)]
    for word in _ESTIMATED.finditer(quote, stops[-1] if stops else 0, start):
        first, last = clause_around(quote, word.start(), word.end())
        if last >= start or _ADVERBS.fullmatch(quote, first, word.start()):
            return True
    return False


def part_of_year(clause: str) -> bool:
    """Whether a clause speaks of some months only."""
    return _PART_YEAR.search(one_line(clause)) is not None


def yearly_average(clause: str) -> bool:
    """Whether a rate over several years is one for each of them."""
    return _AVERAGE.search(one_line(clause)) is not None


def commitment(words: str) -> str | None:
    """`ensure`, `strive` or `expect` by the last such word, or None."""
    found = [(match.end(), name) for name, pattern in _COMMITMENTS for match in pattern.finditer(words)]
    return max(found)[1] if found else None
