"""The sentences in which a report announces its headline goals: one sentence, or a list below an announcement."""

import re

from extract.documents.model import Report

_ANNOUNCED = re.compile(
    r"主要预期目标|(?:预期|主要)目标[为是]|(?:预期|主要)目标(?:建议|安排|如下|包括)?(?:为|是)?[：:]"
)
_MEMBER = re.compile(
    r"(?:\d{1,2}[.、．]|[①-⑳]|（[一二三四五六七八九十\d]{1,2}）|[一二三四五六七八九十]{1,2}[是、]|——|[•●·◆■])"
)
_LONGEST_MEMBER = 120
_GOES_ON = ("：", "；", ":", ";")


def headline_sentences(report: Report) -> frozenset[int]:
    """Indices of the sentences that announce the goals of a plan, and of the members of a list below one.

    A member follows a colon, a semicolon, or begins with a mark of its list.
    """
    text = report.clean.text
    found: set[int] = set()
    open_list = goes_on = False
    for sentence in report.sentences:
        words = text[sentence.start : sentence.end]
        announced = _ANNOUNCED.search(words) is not None
        member = open_list and len(words) <= _LONGEST_MEMBER and (goes_on or _MEMBER.match(words) is not None)
        if announced or member:
            found.add(sentence.index)
        open_list = announced or member
        goes_on = words.endswith(_GOES_ON)
    return frozenset(found)
