"""Claims about an indicator that give no number: 居民收入增长与经济增长同步."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.claims import judgements
from extract.claims.assembly import Place
from extract.claims.model import Claim, NumberlessClaim
from extract.claims.phrases import strip_opening
from extract.documents.model import Report, Role, Sentence
from extract.indicators.catalogue import load_catalogue
from extract.indicators.matching import Matcher
from extract.indicators.numberless import Statement, statements

HEADLINE = re.compile(r"主要预期目标|(?:预期|主要)目标[为是]|(?:预期|主要)目标(?:建议|安排|如下|包括|[：:])")
_COMPANY = 2
"""So many indicators of the catalogue with numbers make a sentence a headline."""
_LIST_MEMBER = 120
"""A member of a list of goals is no longer than this, in characters."""
_SILENT = frozenset({Role.OTHER, Role.LIVELIHOOD})


def read_numberless(report: Report, claims: Sequence[Claim]) -> tuple[NumberlessClaim, ...]:
    """Every claim of a report about an indicator of the built-in catalogue that gives no number.

    Plans are read everywhere, as far as the words leave no doubt (与…同步, 完成国家下达目标); vaguer words
    (保持稳定), and all that a review says, only beside headline numbers.

    Args:
        report: the report.
        claims: its claims with numbers.
    """
    return tuple(_Reader(report, claims).read())


class _Reader:
    def __init__(self, report: Report, claims: Sequence[Claim]) -> None:
        self.report = report
        self.matcher = Matcher(load_catalogue())
        self.reviewed = (
            int(report.meta.review_period.rpartition("-")[2]) if report.meta.review_period else None
        )
        self.numbered = Counter(
            claim.sentence for claim in claims if self.matcher.names(claim.indicator, report.meta.region)
        )

    def read(self) -> Iterator[NumberlessClaim]:
        listed = False
        for sentence in self.report.sentences:
            words = self.report.clean.text[sentence.start : sentence.end]
            announced = HEADLINE.search(words) is not None
            member = listed and len(words) <= _LIST_MEMBER and not sentence.heading
            headline = announced or member or self.numbered[sentence.index] >= _COMPANY
            listed = announced or member
            if not sentence.heading and self.report.sections[sentence.section].role not in _SILENT:
                yield from self._sentence(sentence, words, headline=headline, announced=announced or member)

    def _sentence(
        self, sentence: Sentence, words: str, *, headline: bool, announced: bool
    ) -> Iterator[NumberlessClaim]:
        section = self.report.sections[sentence.section]
        planned = Place(section, sentence.index, words, self.report.meta.plan_period).planned
        for one in statements(words, self.matcher, self.report.meta.region):
            if not _believed(one, planned=planned, headline=headline):
                continue
            explicit = judgements.explicit_period(words[: one.end], self.reviewed, planned=planned)
            yield NumberlessClaim(
                sentence=sentence.index,
                indicator=strip_opening(one.subject),
                period=explicit or section.period,
                record_type="goal" if planned else "achievement",
                commitment=(judgements.commitment(one.wording) or ("expect" if announced else None))
                if planned
                else None,
            )


def _believed(one: Statement, *, planned: bool, headline: bool) -> bool:
    if headline:
        return True
    if not planned or one.strength == "soft":
        return False
    return one.strength == "assigned" or not one.loose
