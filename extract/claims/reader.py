"""Every number of a report, claimed or excluded.

    sentence → clauses → rows of numbers → indicator of each → claim

A *row* is a run of numbers with no words of their own between them (10.2%和10.1%); it takes its subjects from the
list before 分别, or from the numbers before it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.claims import exclusions, naming, phrases
from extract.claims.assembly import InRow, Place, assemble
from extract.claims.clauses import Clause, clauses
from extract.claims.headlines import headline_sentences
from extract.claims.memory import Memory
from extract.claims.model import ClaimReading, Excluded, Exclusion
from extract.claims.numberless import read_numberless
from extract.claims.spans import announced_spans
from extract.documents.model import Report, Section, Sentence
from extract.language import years
from extract.numbers.mention import Mention

_ROW_GAP = re.compile(r"\s?(?:左右|以上|以下|以内)?\s?(?:[、，和与及]|以及|和同比)\s?(?:约|近|超|超过|突破)?")
# After 分别 each number may bring its own way: 分别下降2.7%、同比增长0.6%.
_ROW_TURN = re.compile(
    r"\s?(?:左右|以上|以下|以内)?\s?(?:[、，和与及]|以及)\s?(?:同比|比上年|较上年)?(?:实际|名义)?"
    r"(?:(?:增长|增加|上涨|上升|提高|提升|回升|下降|下滑|减少|降低|回落|控制)[了到至在]?|[降升增][到至])\s?(?:约|近|超|超过|突破)?"
)
_RATIO_GAP = re.compile("[:：∶]")
_SHORT_QUOTE = re.compile(r"“[^“”]{1,16}”")
_BRACKETED_UNIT = re.compile(r"（[^（）]{1,6}）")
_CLAUSE_MARKS = frozenset("，；：。！？\n")
_NEW_THOUGHT = frozenset("；。！？")
_LIST_MARKS = "、，和与及以 "
# No word further from a number than this speaks of it; it bounds the work on endless lines.
_REACH = 300
_PERCENTS = frozenset({"percent", "percentage_point"})
_SHARED_HEDGES = frozenset({"about", "at_least", "at_most", "more_than", "less_than", "nearly"})


def read_claims(report: Report, mentions: Sequence[Mention]) -> ClaimReading:
    """Read the meaning of every mention of a report.

    Args:
        report: the report.
        mentions: all its numbers in reading order, spans in `report.clean.text`.

    Returns:
        Each mention exactly once, as a claim or as an exclusion.
    """
    spans = announced_spans(report)
    readers = list(_sentences(report, mentions, spans))
    claims = [claim for reader in readers for claim in reader.memory.claims]
    excluded = [row for reader in readers for row in reader.excluded]
    if not report.sentences:
        excluded += [Excluded(mention, 0, Exclusion.NAME) for mention in mentions]
    claims.sort(key=lambda claim: claim.mention.start)
    excluded.sort(key=lambda row: row.mention.start)
    return ClaimReading(tuple(claims), tuple(excluded), read_numberless(report, claims, spans))


def _sentences(
    report: Report, mentions: Sequence[Mention], spans: Sequence[str | None]
) -> Iterator["_SentenceReader"]:
    """Read sentence by sentence; a mention between two sentences counts to the one that follows."""
    reviewed = report.meta.reviewed_year
    headlines = headline_sentences(report)
    at = 0
    for sentence, span in zip(report.sentences, spans, strict=True):
        section = report.sections[sentence.section]
        first = at
        last = sentence.index == len(report.sentences) - 1
        while at < len(mentions) and (last or mentions[at].start < sentence.end):
            at += 1
        if at > first:
            headline = sentence.index in headlines
            reader = _SentenceReader(report, section, sentence, reviewed, span, headline=headline)
            reader.read(mentions[first:at])
            yield reader


class _SentenceReader:
    """Reads the numbers of one sentence from left to right."""

    def __init__(
        self,
        report: Report,
        section: Section,
        sentence: Sentence,
        reviewed: int | None,
        span: str | None,
        *,
        headline: bool,
    ) -> None:
        self.text = report.clean.text
        self.sentence, self.reviewed = sentence, reviewed
        self.defines = report.is_glossary(section)
        words = self.text[sentence.start : min(sentence.end, sentence.start + _REACH)]
        self.place = Place(section, sentence.index, words, report.meta.plan_period)
        announced = "expect" if headline else None
        self.memory = Memory(named=span, explicit=span, announced=announced, commitment=announced)
        self.excluded: list[Excluded] = []
        self.quotes = [
            (m.start(), m.end()) for m in _SHORT_QUOTE.finditer(self.text, sentence.start, sentence.end)
        ]

    def read(self, mentions: Sequence[Mention]) -> None:
        """Read all `mentions` of the sentence into the memory and the exclusions."""
        taken = 0
        speaks = any(exclusions.structural(mention) is None for mention in mentions)
        if self.defines:
            for mention in mentions:
                self._exclude(mention, exclusions.structural(mention) or Exclusion.DEFINITION)
            return
        if speaks and not self.sentence.heading:
            for clause in clauses(self.text, self.sentence.start, self.sentence.end, mentions):
                taken += len(clause.mentions)
                self._clause(clause)
        for mention in mentions[taken:]:
            self._exclude(mention, exclusions.structural(mention) or Exclusion.HEADING)

    def _exclude(self, mention: Mention, reason: Exclusion) -> None:
        self.excluded.append(Excluded(mention, self.sentence.index, reason))

    def _clause(self, clause: Clause) -> None:
        if clause.opener in _NEW_THOUGHT:
            self.memory.begin_thought()
        spoken = self.text[clause.start : clause.end]
        opens = clause.start == self.sentence.start
        self.memory.hear(spoken, self.reviewed, first=opens, planned=self.place.planned)
        facts = []
        for mention in clause.mentions:
            reason = exclusions.structural(mention) or exclusions.contextual(
                self._occurrence(mention, clause)
            )
            if reason is None:
                facts.append(mention)
            else:
                self._exclude(mention, reason)
        if not facts:
            self.memory.numberless = spoken
            return
        rows = self._rows(facts, clause.start)
        limits = [row[0].start for row in rows[1:]] + [clause.end]
        position, verb = clause.start, ""
        for row, limit in zip(rows, limits, strict=True):
            self.memory.commit(self.text[max(clause.start, row[0].start - _REACH) : row[0].start])
            before = self._before(position, row[0])
            after, position = self._after(row[-1], limit)
            words = before.lstrip(_LIST_MARKS)
            lead = (
                phrases.rank_lead(words)
                if row[0].kind == "ordinal"
                else phrases.lead(words, counts=row[0].kind == "quantity")
            )
            way = phrases.change_after(after) if row[0].kind == "percent" else None
            if way:
                lead, after = replace(lead, direction=way, reached=False), ""
            ahead = self.text[row[-1].end : min(self.sentence.end, row[-1].end + _REACH)]
            around = naming.Surroundings(before, lead, after, verb, ahead)
            if not self._bracketed(row[0]):
                verb = self._claim(row, around)
                continue
            with self.memory.bracketed(before, self.reviewed, planned=self.place.planned):
                verb = self._claim(row, around)

    def _claim(self, row: Sequence[Mention], around: naming.Surroundings) -> str:
        """Claim the numbers of one row; returns the verb that opens the list so far."""
        memory = self.memory
        if len(row) == 1:
            named = naming.name_one(row[0], around, memory)
            memory.claims.append(assemble(row[0], named.indicator, around, memory, self.place, named.doubts))
            if not self._bracketed(row[0]):
                memory.subjects.append(named.indicator)
            return named.verb
        ratio = _RATIO_GAP.fullmatch(self.text, row[0].end, row[1].start) is not None
        names, paired, doubts = naming.name_row(len(row), around, memory, ratio=ratio)
        dealt = years.listed(
            self.text[max(self.sentence.start, row[0].start - _REACH) : row[0].start], len(row)
        )
        hedge = _shared_hedge(row)
        for n, (mention, name) in enumerate(zip(row, names, strict=True), 1):
            pair = (n, len(row)) if paired else None
            if n > 1:
                around = self._turned(around, self.text[row[n - 2].end : mention.start])
            own = InRow(hedge, pair, dealt[n - 1] if dealt else None)
            memory.claims.append(
                assemble(mention, name, around, memory, self.place, [] if dealt else doubts, row=own)
            )
        memory.subjects += names
        if paired:
            memory.row = tuple(names)
        return around.verb

    @staticmethod
    def _turned(around: naming.Surroundings, gap: str) -> naming.Surroundings:
        """The same surroundings, with the way that the words between two numbers of a row give: 、增长."""
        own = phrases.lead(gap)
        if own.direction is None and not own.reached:
            return around
        return replace(around, lead=replace(around.lead, direction=own.direction, reached=own.reached))

    def _occurrence(self, mention: Mention, clause: Clause) -> exclusions.Occurrence:
        nearest = bisect_left(self.quotes, (mention.start, 0)) - 1
        quoted = nearest >= 0 and mention.end < self.quotes[nearest][1]
        before = self.text[max(clause.start, mention.start - _REACH) : mention.start]
        after = self.text[mention.end : min(clause.end, mention.end + _REACH)]
        return exclusions.Occurrence(mention, before, after, quoted)

    def _bracketed(self, mention: Mention) -> bool:
        opened = self.text.rfind("（", max(self.sentence.start, mention.start - _REACH), mention.start)
        return opened >= 0 and self.text.find("）", opened, mention.start) < 0

    def _fills_bracket(self, mention: Mention) -> bool:
        """Whether a bracket holds nothing but the number: 旅游景区（12家）."""
        return self.text[mention.start - 1 : mention.start] == "（" and self.text.startswith(
            "）", mention.end
        )

    def _rows(self, facts: Sequence[Mention], start: int) -> list[list[Mention]]:
        """Group neighbours that have no words of their own between them; `start` is that of their clause."""
        rows = [[facts[0]]]
        turning = self._turning(start, facts[0])
        for mention in facts[1:]:
            last = rows[-1][-1]
            percents = {mention.kind, last.kind} <= _PERCENTS
            alike = mention.kind == last.kind or (turning and percents)
            if (
                (alike and _RATIO_GAP.fullmatch(self.text, last.end, mention.start))
                or ((turning or alike) and _ROW_GAP.fullmatch(self.text, last.end, mention.start))
                or (turning and alike and _ROW_TURN.fullmatch(self.text, last.end, mention.start))
            ):
                rows[-1].append(mention)
            else:
                rows.append([mention])
                turning = self._turning(last.end, mention)
        return rows

    def _turning(self, start: int, mention: Mention) -> bool:
        """Whether 分别 deals out the numbers from this one on, each of which may have a verb of its own."""
        return "分别" in self.text[max(start, mention.start - _REACH) : mention.start]

    def _before(self, position: int, mention: Mention) -> str:
        """The words that lead to a number; inside brackets only those inside."""
        before = self.text[max(position, mention.start - _REACH) : mention.start]
        if self._fills_bracket(mention):
            return before[:-1]
        return before[before.rindex("（") + 1 :] if "（" in before and self._bracketed(mention) else before

    def _after(self, mention: Mention, limit: int) -> tuple[str, int]:
        """The words after a number that speak of it, and where the words before the next number start.

        Between two numbers of a list the last mark of enumeration parts them; without one, the words after a count
        name the thing counted and also lead to the next number (800家企业获得贷款90亿元).
        """
        if self._fills_bracket(mention):
            return "", mention.end + 1
        start = phrases.hedge_after(self.text, mention.end)
        bracket = _BRACKETED_UNIT.match(self.text, start)
        if bracket:
            start = bracket.end()
        after = self.text[start : min(limit, start + _REACH)]
        if limit >= len(self.text) or self.text[limit] in _CLAUSE_MARKS:
            return after, limit
        if "、" in after:
            end = after.rindex("、")
            return after[:end], start + end
        if after.endswith(("和", "与", "及")):
            return after[:-1], start + len(after) - 1
        return (after if mention.kind == "quantity" or after.startswith("的") else ""), start


def _shared_hedge(row: Sequence[Mention]) -> str | None:
    """One hedge for a whole row: 分别增长15%和12%以上, 分别突破80个和60个."""
    hedges = {mention.modifier for mention in row} - {"exact"}
    if len(hedges) != 1 or not hedges <= _SHARED_HEDGES:
        return None
    ends = {row[0].modifier, row[-1].modifier} - {"exact"}
    return next(iter(ends), None)
