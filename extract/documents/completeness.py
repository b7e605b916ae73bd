"""Whether the whole report was there: a review, a plan, and a proper end."""

import re
from collections.abc import Sequence

from extract.documents.headings import is_appendix
from extract.documents.model import Completeness, Role, Section, Sentence

_REVIEW = frozenset({Role.REVIEW_YEAR, Role.REVIEW_SPAN})
_PLAN = frozenset({Role.PLAN_YEAR, Role.PLAN_SPAN})
_LEAST = 120  # characters below which a part is a mere heading
_APPEAL = re.compile(r"让我们|奋斗|努力|贡献|篇章|华章|谢谢|辉煌|胜利|周年|局面|答卷|未来|明天")
_STOPS = "。！？”）"

NO_REVIEW = (
    "没有找到对过去工作的回顾，可能缺少开头部分 / "
    "no review of past work was found; the beginning may be missing"
)
NO_PLAN = (
    "没有找到目标任务部分，正文似乎在此之前中断 / "
    "no goals were found: the text seems to break off before its plan for the year"
)
CUT = "正文在句子中间中断 / the text breaks off in mid-sentence"
NO_END = "没有找到结束语，正文可能不完整 / no closing words were found; the text may be incomplete"


def completeness_of(text: str, sections: Sequence[Section], sentences: Sequence[Sentence]) -> Completeness:
    """Judge a clean report by its sections and its last words."""
    has_review = _extent(sections, _REVIEW) >= _LEAST
    has_plan = _extent(sections, _PLAN) >= _LEAST
    body_end = _body_end(text, sections)
    last = [sentence for sentence in sentences if sentence.end <= body_end][-3:]
    tail = text[last[0].start : last[-1].end] if last else ""
    cut = not tail or tail[-1] not in _STOPS
    has_end = not cut and _APPEAL.search(tail) is not None
    notes = []
    if not has_review:
        notes.append(NO_REVIEW)
    if not has_plan:
        notes.append(NO_PLAN)
    if cut:
        notes.append(CUT)
    elif not has_end and has_plan:
        notes.append(NO_END)
    return Completeness(has_review and has_plan and has_end, has_review, has_plan, has_end, tuple(notes))


def _extent(sections: Sequence[Section], roles: frozenset[Role]) -> int:
    """How many characters stand under outermost sections of these roles."""
    return sum(
        section.end - section.start
        for section in sections
        if section.role in roles and (section.parent is None or sections[section.parent].role not in roles)
    )


def _body_end(text: str, sections: Sequence[Section]) -> int:
    """Where the report proper ends and its appendices begin."""
    appendices = (section.start for section in sections if section.level == 1 and is_appendix(section.title))
    return min(appendices, default=len(text))
