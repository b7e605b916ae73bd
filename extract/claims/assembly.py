"""Puts a claim together: kind, direction, period, record type, commitment, status, confidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.claims import exclusions, judgements
from extract.claims.memory import Memory
from extract.claims.model import Claim, Doubt
from extract.claims.naming import Surroundings, without_examples, without_realm
from extract.documents.model import Role, Section
from extract.language import years
from extract.numbers.mention import Mention

# An indicator of one character or of marks alone names nothing.
_NAMED = re.compile(r"[\u4e00-\u9fffA-Za-z].*[\u4e00-\u9fffA-Za-z0-9”）]")
# Where a change within the year starts: 由一季度的5.9%回落到全年的5.1%.
_WITHIN_YEAR = re.compile(r"(?:从|由)(?:(?:[一二三四]|前三)季度|上半年)的?$")
# The same once more, in another measure: 增加四万吨，即百分之九.
_THAT_IS = re.compile(r"(?:即|亦即|也就是|就是)")
# In a bracket, the year before: 增长5.8%（上年为-2.9%）.
_YEAR_BEFORE = re.compile(r"(?:而)?(?:上年|上一年)(?:同期)?(?:仅|只)?(?:为|是|增长|下降|回落|上涨)?")
# What stands before a plan changes it: 现行12%的费率.
_EXISTING = re.compile(r"(?:现行|现有|目前)的?$")
# A target that the review holds against what came: 没有完成5%的增长目标.
_OF_A_TARGET = re.compile(r"的?(?:增长|预期|年度|年初|计划|调控)*(?:目标|计划)(?!任务书)")
_RATES = frozenset(("change", "share"))
_NAMELESS = "（未指明）"
_STRIPPED = " 、，的"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands.

    Attributes:
        section: its section.
        sentence: its index.
        words: its text, or the start of a very long one.
        plan_period: the period for which the report plans.
    """

    section: Section
    sentence: int
    words: str
    plan_period: str | None

    @property
    def planned(self) -> bool:
        """Whether its section plans."""
        role = self.section.role
        return role in judgements.PLANNED or (
            role is Role.LIVELIHOOD and self.section.period == self.plan_period
        )


@dataclass(frozen=True, slots=True)
class InRow:
    """What a number has from the row in which it stands.

    Attributes:
        modifier: the hedge of the whole row, if it shares one.
        pair: its place in a row whose members have subjects of their own.
        period: its own where 分别 deals out years (2022年、2023年分别增长4%、5%).
    """

    modifier: str | None = None
    pair: tuple[int, int] | None = None
    period: str | None = None


ALONE = InRow()


def assemble(
    mention: Mention,
    indicator: str,
    around: Surroundings,
    memory: Memory,
    place: Place,
    doubts: Sequence[Doubt],
    *,
    row: InRow = ALONE,
) -> Claim:
    """The claim of one number.

    Args:
        mention: the number.
        indicator: its name, as `naming` found it.
        around: the words around it.
        memory: what the sentence has said so far.
        place: where the sentence stands.
        doubts: those of the naming.
        row: what it has from the row in which it stands.
    """
    indicator = indicator.strip(
        _STRIPPED if indicator.count("“") == indicator.count("”") else _STRIPPED + "“”"
    )
    indicator = without_examples(indicator)
    kind, direction = judgements.kind_and_direction(
        mention,
        indicator if row.pair and judgements.is_share_noun(indicator) else around.lead.subject or indicator,
        "decrease" if around.lead.improved and judgements.is_harm(indicator) else around.lead.direction,
        reached=around.lead.reached,
        before=around.before,
    )
    if kind == "share" and memory.claims:
        kind, direction = _continued_change(memory.claims[-1], mention, indicator, around)
    plain_type = _plain_type(
        place, memory.explicit, done=memory.done or _EXISTING.search(around.before) is not None
    )
    target = _OF_A_TARGET.match(around.after) if kind in _RATES else None
    if target and plain_type == "achievement":
        plain_type = "goal"
        if "增长" in target[0]:
            kind, direction = "change", "increase"
    refined = judgements.refined_type(indicator, mention, place.section.role)
    role = place.section.role
    if not _NAMED.search(indicator):
        doubts = [*doubts, Doubt.NO_SUBJECT]
    if role is Role.OTHER:
        doubts = [*doubts, Doubt.UNKNOWN_SECTION]
    return Claim(
        mention=mention,
        sentence=place.sentence,
        section=place.section.index,
        indicator=indicator or _NAMELESS,
        kind=kind,
        direction=direction,
        modifier=row.modifier or mention.modifier,
        period=row.period or _period(kind, around, memory, place, review=plain_type == "achievement"),
        record_type=refined or plain_type,
        also=(plain_type,) if refined else (),
        commitment=memory.commitment if plain_type == "goal" else None,
        status=judgements.status(role, place.words, plain_type) if refined else None,
        pair=row.pair,
        confidence=_confidence(doubts),
        doubts=tuple(doubts),
    )


def _confidence(doubts: Sequence[Doubt]) -> str:
    """A number without a name is unsure by itself; other doubts make a claim likely, several of them unsure."""
    if Doubt.NO_SUBJECT in doubts or len(doubts) > 1:
        return "unsure"
    return "likely" if doubts else "sure"


def _period(kind: str, around: Surroundings, memory: Memory, place: Place, *, review: bool) -> str | None:
    if exclusions.is_baseline(around.before) and not _WITHIN_YEAR.search(around.before):
        memory.base = years.base_year(around.before) or memory.base
        base = memory.base or years.year_before(memory.explicit or place.section.period)
        if base:
            return base
    if _YEAR_BEFORE.fullmatch(around.before.strip(" ，")):
        return years.year_before(memory.explicit or place.section.period)
    period = judgements.period_of(
        place.section.period,
        memory.explicit,
        around.before,
        kind,
        review=review,
        summed=memory.summed,
        reached=around.lead.reached,
    )
    if kind == "change" and len(memory.claims) > 1 and judgements.yearly(around.before):
        first, last = (claim.period for claim in memory.claims[-2:])
        if last == period and memory.claims[-2].indicator == memory.claims[-1].indicator:
            return years.years_after(first, last) or period  # 由2020年的…增加到2025年的…，年均增长5%
    return period


def _continued_change(
    last: Claim, mention: Mention, indicator: str, around: Surroundings
) -> tuple[str, str | None]:
    """A percent that goes on with the change before it: 增长6%，力争达到7%; 压减时间40%、材料30%; 投资增长6%，出口4%."""
    if _THAT_IS.fullmatch(around.before) and last.kind == "change":
        return "change", last.direction
    if last.kind == "change" and last.mention.unit == mention.unit:
        same = without_realm(last.indicator) == without_realm(indicator)
        continued = same and "占" not in around.before
        bare = around.before.strip(_STRIPPED + "和与及") == around.lead.subject == indicator
        elided = bare and judgements.is_amount(indicator)
        if continued or elided or (around.listed and judgements.opens_with_change(last.indicator)):
            return "change", _signed(mention, last)
    return "share", None


def _signed(mention: Mention, last: Claim) -> str | None:
    """The way of a rate that follows another: where one of them has a minus, each has the way of its sign."""
    value, before = mention.value, last.mention.value
    if value is None or before is None or (value >= 0 and before >= 0):
        return last.direction
    return "decrease" if value < 0 else "increase"


def _plain_type(place: Place, explicit: str | None, *, done: bool) -> str:
    """`achievement` or `goal`, by the section, unless the clause says of a plan that it was carried out, or names a
    year behind those that its section reviews, as a table does that has the targets beside the results.
    """
    reviewed = place.section.period
    ahead = bool(explicit and reviewed and explicit[-4:] > reviewed[-4:])
    return "goal" if (place.planned or ahead) and not done else "achievement"
