"""Every number of a report, claimed or excluded.

    sentence → clauses → runs of numbers → subject of each → what it says

A *run* is a row of numbers with no words of their own between them (10.2%和10.1%); it takes its subjects from the
list before 分别, or from the numbers before it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.claims import exclusions, judgements, pairing, phrases
from extract.claims.clauses import Clause, clauses
from extract.claims.model import Claim, ClaimReading, Excluded, Exclusion
from extract.documents.model import Report, Role, Section, Sentence
from extract.numbers.mention import Mention

_RUN_GAP = re.compile(r"\s?(?:左右|以上|以下|以内)?\s?(?:[、，和与及]|以及|和同比)\s?(?:约|近|超|超过|突破)?$")
_QUOTE = re.compile(r"“[^“”]{1,16}”")
# A sentence shorter than this opens a paragraph without saying anything (各位代表！).
_SALUTATION = 8
_MARKS = frozenset("，；：。！？\n") | {""}
_RESTART = frozenset("；。！？")
_HEADLINE = re.compile(r"主要预期目标|预期目标(?:为|是)|主要目标(?:为|是)")
_PERCENT_OF = re.compile(r"\s?(?:以上|左右)?的?")
# What says which part of a number that was just given: 其中56项为全国首创.
_SUBSET = re.compile(r"(?:为|是|被|获|入选|列入|纳入|属于|来自)")
_BRACKETED_UNIT = re.compile(r"（[^（）]{1,6}）")
_AREA_ONLY = re.compile(r"^(?:全国|全省|全市|全区|全球|世界|长三角)$")
_SHARED_HEDGES = frozenset({"about", "at_least", "at_most", "more_than", "less_than", "nearly"})


@dataclass(slots=True)
class _Memory:
    """What a sentence has said so far, as far as later clauses lean on it."""

    section: Section
    sentence: Sentence
    claims: list[Claim] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    group: tuple[str, ...] = ()
    topic: str = ""
    summed: bool = False
    named: str | None = None
    explicit: str | None = None
    commitment: str | None = None
    done: bool = False


def read_claims(report: Report, mentions: Sequence[Mention]) -> ClaimReading:
    """Read the meaning of every mention of a report.

    Args:
        report: the report.
        mentions: all its numbers in reading order, spans in `report.clean.text`.

    Returns:
        Each mention exactly once, as a claim or as an exclusion.
    """
    claims: list[Claim] = []
    excluded: list[Excluded] = []
    text = report.clean.text
    at = 0
    last = len(report.sentences) - 1
    span: str | None = None
    salutation = False
    reviewed = _last_year(report.meta.review_period)
    for sentence in report.sentences:
        opens = sentence.start == 0 or text[sentence.start - 1] == "\n"
        if opens or salutation:
            span = _paragraph_span(text[sentence.start : sentence.end], report.sections[sentence.section], reviewed)
        salutation = opens and sentence.end - sentence.start < _SALUTATION
        first = at
        while at < len(mentions) and (mentions[at].start < sentence.end or sentence.index == last):
            at += 1
        if first == at:
            continue
        section = report.sections[sentence.section]
        reader = _SentenceReader(report, text, section, sentence, span)
        reader.read(mentions[first:at])
        claims += reader.memory.claims
        excluded += reader.excluded
    if not report.sentences:
        excluded += [Excluded(mention, 0, Exclusion.NAME) for mention in mentions]
    claims.sort(key=lambda claim: claim.mention.start)
    excluded.sort(key=lambda row: row.mention.start)
    return ClaimReading(tuple(claims), tuple(excluded))


def _last_year(period: str | None) -> int | None:
    return int(period.rpartition("-")[2]) if period else None


def _paragraph_span(first: str, section: Section, reviewed: int | None) -> str | None:
    """The span of years that the first sentence of a paragraph announces for all of it (回望“十四五”以来的四年)."""
    if section.role is not Role.REVIEW_YEAR:
        return None
    named = judgements.explicit_period(first.partition("，")[0], reviewed)
    return named if named and "-" in named else None


class _SentenceReader:
    """Reads the numbers of one sentence from left to right."""

    def __init__(self, report: Report, text: str, section: Section, sentence: Sentence, span: str | None) -> None:
        self.report, self.text, self.section, self.sentence = report, text, section, sentence
        self.memory = _Memory(section, sentence)
        self.excluded: list[Excluded] = []
        body = text[sentence.start : sentence.end]
        self.reviewed = _last_year(report.meta.review_period)
        self.memory.named = self.memory.explicit = span
        self.quotes = [(sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTE.finditer(body)]
        if _HEADLINE.search(body):
            self.memory.commitment = "expect"

    def read(self, mentions: Sequence[Mention]) -> None:
        """Read all `mentions` of the sentence into the memory and the exclusions."""
        if self.sentence.heading:
            self.excluded += [
                Excluded(m, self.sentence.index, exclusions.structural(m) or Exclusion.HEADING) for m in mentions
            ]
            return
        taken = 0
        for clause in clauses(self.text, self.sentence.start, self.sentence.end, mentions):
            taken += len(clause.mentions)
            self._clause(clause)
        self.excluded += [
            Excluded(m, self.sentence.index, exclusions.structural(m) or Exclusion.NAME) for m in mentions[taken:]
        ]

    def _clause(self, clause: Clause) -> None:
        memory = self.memory
        if clause.opener in _RESTART:
            memory.subjects, memory.group, memory.topic, memory.summed = [], (), "", False
            memory.explicit = memory.named
        words = self.text[clause.start : clause.end]
        memory.explicit = judgements.explicit_period(words, self.reviewed) or memory.explicit
        if clause.start == self.sentence.start:
            memory.named = memory.explicit
        memory.summed = memory.summed or judgements.cumulative(words)
        memory.commitment = judgements.commitment(words) or memory.commitment
        memory.done = judgements.reported_in_plan(words)
        facts = []
        for mention in clause.mentions:
            reason = exclusions.structural(mention) or exclusions.contextual(
                self.text, mention, clause.start, clause.end, quoted=self._quoted(mention)
            )
            if reason is None:
                facts.append(mention)
            else:
                self.excluded.append(Excluded(mention, self.sentence.index, reason))
        if not facts:
            memory.topic = phrases.topic(words)
            return
        position = clause.start
        verb = ""
        runs = list(self._runs(facts))
        for number, run in enumerate(runs):
            limit = runs[number + 1][0].start if number + 1 < len(runs) else clause.end
            verb, position = self._run(run, position, limit, verb)

    def _quoted(self, mention: Mention) -> bool:
        return any(start < mention.start and mention.end < end for start, end in self.quotes)

    def _bracketed(self, mention: Mention) -> bool:
        opened = self.text.rfind("（", self.sentence.start, mention.start)
        return opened >= 0 and self.text.find("）", opened, mention.start) < 0

    def _runs(self, facts: Sequence[Mention]) -> Iterable[list[Mention]]:
        """Group neighbours that have no words of their own between them."""
        run = [facts[0]]
        for mention in facts[1:]:
            gap = self.text[run[-1].end : mention.start]
            if len(gap) <= 8 and _RUN_GAP.fullmatch(gap):
                run.append(mention)
            else:
                yield run
                run = [mention]
        yield run

    def _run(self, run: list[Mention], position: int, limit: int, verb: str) -> tuple[str, int]:
        """Claim the numbers of one run.

        Args:
            run: its numbers.
            position: where the words before it start.
            limit: where the next run or the clause ends it.
            verb: the verb that opens the list so far.

        Returns:
            That verb, and where the words before the next run start.
        """
        memory = self.memory
        before = self.text[position : run[0].start]
        if "（" in before and self._bracketed(run[0]):
            before = before[before.rindex("（") + 1 :]
        raw = before.lstrip("、，和与及以 ")
        is_rank = run[0].kind == "ordinal"
        lead = phrases.rank_lead(raw) if is_rank else phrases.lead(raw)
        doubts: list[str] = []
        if len(run) > 1:
            names = self._pair(lead.subject, len(run), distributed="分别" in before)
            if names is None:
                leans = not lead.subject or phrases.is_relational(lead.subject)
                names = [self._resolve(lead.subject, raw, run[0], doubts) if leans else lead.subject] * len(run)
                doubts.append("row of numbers without as many subjects")
                pairs: list[tuple[int, int] | None] = [None] * len(run)
            else:
                pairs = [(n + 1, len(run)) for n in range(len(run))]
                memory.group = tuple(names)
            hedge = self._shared_hedge(run)
            for mention, name, pair in zip(run, names, pairs, strict=True):
                self._claim(mention, name, lead, before, hedge or mention.modifier, pair, doubts)
            memory.subjects += names
            return verb, phrases.hedge_after(self.text, run[-1].end)
        mention = run[0]
        after, end = self._after(mention, limit)
        name, verb = self._name(mention, lead, raw, after, verb, doubts)
        self._claim(mention, name, lead, before, mention.modifier, None, doubts)
        if not self._bracketed(mention):
            memory.subjects.append(name)
        return verb, end

    def _pair(self, subject: str, count: int, *, distributed: bool) -> list[str] | None:
        """The subjects of a row of values, or None."""
        memory = self.memory
        if subject:
            names = pairing.members(subject, count)
            if names is not None:
                return names
        if not subject or phrases.is_relational(subject):
            suffix = subject if phrases.is_relational(subject) else ""
            if len(memory.group) == count and (not distributed or memory.subjects[-count:] == list(memory.group)):
                return [name + suffix for name in memory.group]
            earlier = list(dict.fromkeys(reversed(memory.subjects)))[:count][::-1]
            if len(earlier) == count:
                return [name + suffix for name in earlier]
        return None

    def _shared_hedge(self, run: Sequence[Mention]) -> str | None:
        """One hedge for a whole row: 分别增长15%和12%以上, 分别突破360个和300个."""
        hedges = {m.modifier for m in run if m.modifier != "exact"}
        if len(hedges) != 1 or not hedges <= _SHARED_HEDGES:
            return None
        first, last = run[0].modifier, run[-1].modifier
        return first if first != "exact" else last if last != "exact" else None

    def _after(self, mention: Mention, limit: int) -> tuple[str, int]:
        """The words that follow a number up to the next list member, and where they end."""
        start = phrases.hedge_after(self.text, mention.end)
        bracket = _BRACKETED_UNIT.match(self.text, start)
        if bracket:
            start = bracket.end()
        after = self.text[start:limit]
        if self.text[limit : limit + 1] in _MARKS:
            return after, limit
        for mark in ("、", "和", "与", "及"):
            if mark in after and (mark == "、" or after.endswith(mark)):
                end = after.rindex(mark)
                return after[:end], start + end
        return (after if mention.kind == "quantity" or after.startswith("的") else ""), start

    def _name(
        self, mention: Mention, lead: phrases.Lead, raw: str, after: str, verb: str, doubts: list[str]
    ) -> tuple[str, str]:
        """The indicator of a single number, and the verb that its list opens with."""
        subject = lead.subject
        counted = mention.kind in ("quantity", "number")
        noun = "" if _SUBSET.match(after) else phrases.thing(after)
        own_verb = phrases.opening_verb(subject)
        if not subject and _SUBSET.match(after):
            return self._resolve("", raw, mention, doubts) + after, verb
        if noun and counted:
            prefix = subject if phrases.makes(subject) else ""
            return prefix + noun, own_verb or verb
        if noun and mention.kind != "percent" and (not subject or phrases.is_verb_only(subject)):
            return subject + noun, own_verb or verb
        if noun and mention.kind == "percent" and lead.direction is None:
            return subject + after.lstrip("的"), own_verb or verb
        if subject and phrases.is_verb_only(subject) and not noun:
            if self.memory.subjects:
                return self._parallel(self.memory.subjects[-1], subject), verb
            return self._resolve(subject, raw, mention, doubts), verb
        if self.memory.subjects and len(subject) <= 4:
            previous = self.memory.subjects[-1]
            if len(previous) > len(subject) + 1 and len(subject) >= 3 and previous[-len(subject) + 1 :] == subject[1:]:
                return previous[: -len(subject)] + subject, verb
        if subject and not phrases.is_relational(subject) and not _AREA_ONLY.match(raw):
            if own_verb or not verb or mention.kind != "quantity" or raw[:1] not in "“ABCDEFGHIJ" + raw[:1]:
                return subject, own_verb
            return subject, verb
        return self._resolve(subject, raw, mention, doubts), verb

    def _parallel(self, previous: str, subject: str) -> str:
        """亿元以上项目开工建设537个、竣工投产369个: the second verb takes the place of the first."""
        for size in range(min(4, len(previous) - 2), 1, -1):
            if phrases.is_verb_only(previous[-size:]):
                return previous[:-size] + subject
        return previous + subject

    def _resolve(self, subject: str, raw: str, mention: Mention, doubts: list[str]) -> str:
        """Complete a subject that leans on what came before."""
        memory = self.memory
        base = memory.subjects[-1] if memory.subjects else ""
        if not base and memory.topic:
            base = memory.topic
            doubts.append("subject taken from the clause before")
        area = raw.strip("、，和 ")
        if _AREA_ONLY.match(area) and "占" in base:
            return base[: base.index("占")] + "占" + area
        if not base:
            doubts.append("no subject found")
            return subject or raw.strip() or phrases.strip_opening(self.text[self.sentence.start : mention.start])[-20:]
        return base + subject if subject else base

    def _claim(
        self,
        mention: Mention,
        name: str,
        lead: phrases.Lead,
        before: str,
        modifier: str,
        pair: tuple[int, int] | None,
        doubts: Sequence[str],
    ) -> None:
        memory, role = self.memory, self.section.role
        kind, direction = judgements.kind_and_direction(
            mention, lead.subject or name, lead.direction, reached=lead.reached, before=before
        )
        if kind == "share" and memory.claims:
            kind, direction = self._inherited_change(mention, name, before)
        record_type = self._record_type()
        review = record_type == "achievement"
        indicator = name.strip("“ 、，的") if name.count("“") != name.count("”") else name.strip(" 、，的")
        all_doubts = list(doubts)
        also: tuple[str, ...] = ()
        refined = judgements.refined_type(indicator, mention, role)
        if refined:
            also, record_type = (record_type,), refined
        if role is Role.OTHER:
            all_doubts.append("section of unknown role")
        period = judgements.period_of(self.section.period, memory.explicit, before, kind, review=review, summed=memory.summed, reached=lead.reached)
        if exclusions.is_baseline(before):
            period = judgements.base_year(before) or period
        memory.claims.append(
            Claim(
                mention=mention,
                sentence=self.sentence.index,
                section=self.section.index,
                indicator=indicator or "（未指明）",
                kind=kind,
                direction=direction,
                modifier=modifier,
                period=period,
                record_type=record_type,
                also=also,
                commitment=memory.commitment if not review else None,
                status=judgements.status(role, self.text[self.sentence.start : self.sentence.end], also[0])
                if also
                else None,
                pair=pair,
                confidence="unsure" if len(all_doubts) > 1 else "likely" if all_doubts else "sure",
                doubts=tuple(all_doubts),
            )
        )

    def _inherited_change(self, mention: Mention, name: str, before: str) -> tuple[str, str | None]:
        """A percent that goes on with the change before it: 增长6%，力争达到7%; 压减时间58%、材料52%."""
        last = self.memory.claims[-1]
        if last.kind == "change" and last.mention.unit == mention.unit:
            continued = last.indicator == name and "占" not in before
            listed = before.startswith("、") and judgements.opens_with_change(last.indicator)
            if continued or listed:
                return "change", last.direction
        return "share", None

    def _record_type(self) -> str:
        role = self.section.role
        if role in judgements.REVIEWED:
            return "achievement"
        if role in judgements.PLANNED:
            return "achievement" if self.memory.done else "goal"
        if role is Role.LIVELIHOOD:
            planned = self.section.period == self.report.meta.plan_period
            return "goal" if planned and not self.memory.done else "achievement"
        return "achievement"
