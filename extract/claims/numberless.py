"""Claims about an indicator that give no number: 居民收入增长与经济增长同步."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.claims import judgements
from extract.claims.assembly import Place
from extract.claims.headlines import headline_sentences
from extract.claims.model import Claim, NumberlessClaim
from extract.claims.phrases import strip_opening
from extract.documents.model import Report, Role, Sentence
from extract.indicators.matching import built_in_matcher
from extract.indicators.numberless import Statement, statements
from extract.language import years
from extract.language.years import plans_named

_COMPANY = 2
"""So many indicators of the catalogue with numbers make a sentence a headline."""
_COMPARED_ALONE = re.compile(
    r"(?:[^，。；：、,;:]{4,40}，)?[^，。；：、,;:]{3,40}"
    r"(?:持平|相当|[正零]增长|转正|回[稳升]|同步|匹配|温和上涨|[高低优好]于全国(?:平均水平)?)[。；;]?\s*"
)
"""A sentence that does nothing but compare is believed in a review, too: 居民消费价格与上年基本持平。"""
_MARK = re.compile("[，,；;。：:]")
_OPENING = 4
"""So many characters of a clause can be the word of commitment that opens it."""
_SILENT = frozenset({Role.OTHER, Role.LIVELIHOOD})


def read_numberless(
    report: Report, claims: Sequence[Claim], spans: Sequence[str | None]
) -> tuple[NumberlessClaim, ...]:
    """Every claim of a report about an indicator of the built-in catalogue that gives no number.

    Plans are read everywhere, as far as the words leave no doubt (与…同步, 完成国家下达目标); vaguer words
    (保持稳定) beside a number of the catalogue only, and what a review says beside headline numbers or right behind
    their sentence only, unless a sentence does nothing but compare.

    Args:
        report: the report.
        claims: its claims with numbers.
        spans: the years announced for each of its sentences.
    """
    return tuple(_Reader(report, claims, spans).read())


class _Reader:
    def __init__(self, report: Report, claims: Sequence[Claim], spans: Sequence[str | None]) -> None:
        self.report, self.spans = report, spans
        self.matcher = built_in_matcher()
        self.reviewed = report.meta.reviewed_year
        self.numbered = Counter(
            claim.sentence for claim in claims if self.matcher.names(claim.indicator, report.meta.region)
        )

    def read(self) -> Iterator[NumberlessClaim]:
        announced = headline_sentences(self.report)
        for sentence in self.report.sentences:
            listed = sentence.index in announced
            if self.report.sections[sentence.section].role in _SILENT or (sentence.heading and not listed):
                continue
            numbered = self.numbered[sentence.index]
            headline = listed or numbered >= _COMPANY
            words = self.report.clean.text[sentence.start : sentence.end]
            section = self.report.sections[sentence.section]
            planned = Place(section, sentence.index, words, self.report.meta.plan_period).planned
            behind = self._behind_headline(sentence)
            if planned or headline or numbered or behind or _COMPARED_ALONE.fullmatch(words):
                yield from self._sentence(
                    sentence, words, planned=planned, headline=headline, behind=behind, announced=listed
                )

    def _behind_headline(self, sentence: Sentence) -> bool:
        """Whether the sentence before it in its paragraph has headline numbers."""
        return not self.report.opens_paragraph(sentence) and self.numbered[sentence.index - 1] >= _COMPANY

    def _sentence(
        self, sentence: Sentence, words: str, *, planned: bool, headline: bool, behind: bool, announced: bool
    ) -> Iterator[NumberlessClaim]:
        default = self.spans[sentence.index] or self.report.sections[sentence.section].period
        for one in statements(words, self.matcher, self.report.meta.region):
            alone = one.strength == "compared" and not one.loose and bool(_COMPARED_ALONE.fullmatch(words))
            near = self.numbered[sentence.index] > 0 and (planned or one.strength != "soft")
            beside = not one.loose and (behind or near)
            if not alone and not _believed(one, planned=planned, headline=headline or beside):
                continue
            thought = words[words.rfind("；", 0, one.start) + 1 : one.end]
            explicit = self._period(thought, planned=planned) or self._period(
                words.partition("，")[0], planned=planned
            )
            if _of_the_span(one) and years.within(explicit, default):
                explicit = None
            yield NumberlessClaim(
                sentence=sentence.index,
                indicator=strip_opening(one.subject),
                period=_whole_plan(one.wording) or self._of_each_year(one, explicit, default),
                record_type="goal" if planned else "achievement",
                commitment=(_commitment(words, one) or ("expect" if announced else None))
                if planned
                else None,
            )

    @staticmethod
    def _of_each_year(one: Statement, explicit: str | None, default: str | None) -> str | None:
        """The years of the plan where the statement is of each of them (到2030年…年均增速与经济增长同步); the last one
        where it is of a rate that the plan is to reach (研发投入强度达到全国平均水平).
        """
        reached = all(indicator.measure == "rate" for indicator in one.indicators)
        kind = "share" if reached else "change"
        return judgements.period_of(
            default, explicit, one.wording, kind, review=False, summed=False, reached=False
        )

    def _period(self, words: str, *, planned: bool) -> str | None:
        return years.named_period(words, self.reviewed, planned=planned)


def _commitment(words: str, one: Statement) -> str | None:
    """That of its own words; behind 、 that which opens the clause: 确保优良率85%以上、PM2.5浓度达到国家标准."""
    own = judgements.commitment(one.wording)
    if own or words[one.start - 1 : one.start] != "、":
        return own
    marks = [mark.end() for mark in _MARK.finditer(words, 0, one.start)]
    first = marks[-1] if marks else 0
    return judgements.commitment(words[first : first + _OPENING])


def _whole_plan(wording: str) -> str | None:
    """The years of the plan whose goal was reached by adding them up: 累计下降完成“十四五”目标."""
    plans = plans_named(wording) if judgements.summed_up(wording) else ()
    return str(plans[-1]) if plans else None


def _of_the_span(one: Statement) -> bool:
    """Whether a statement of a plan is of all its years: growth that keeps pace is one for each of them, and
    a reduction that is handed down is reached by adding them up.
    """
    measure = {"compared": "growth", "assigned": "reduction"}.get(one.strength)
    return measure is not None and all(indicator.measure == measure for indicator in one.indicators)


def _believed(one: Statement, *, planned: bool, headline: bool) -> bool:
    if headline:
        return True
    if not planned or one.strength == "soft":
        return False
    return one.strength == "assigned" or not one.loose
