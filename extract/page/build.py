"""From results and tables to the page: what to show, in which order, linked to which sentence."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import groupby

from extract.charts.labels import Scale, amount, scale_of, short
from extract.charts.theme import Lang
from extract.errors import InputError
from extract.messages import CHINESE, in_language
from extract.page.model import (
    Flag,
    Gap,
    Headline,
    HeadlineRow,
    Number,
    Page,
    Reason,
    ReportLine,
    Text,
    Tone,
    Tracked,
)
from extract.page.pictures import draw
from extract.page.sentences import Sentences, parts
from extract.results.manifest import RunManifest
from extract.results.summary import summarise
from extract.tables.research import Research
from extract.tables.rows import PanelRow, TrackingRow
from schemas import State, record_types
from schemas.record import Issue, plain
from schemas.result import Result

MOST_FLAGS = 200
MOST_INDICATORS = 14
MOST_UNCLAIMED, SAYING = 12, 18
LANGUAGES: tuple[Lang, Lang] = ("zh", "en")
DOUBTS = (
    ("one number for several indicators", "一个数字属于几个指标"),
    ("unsure reading", "读法不确定"),
    (" left aside", "未计"),
)
"""What the panel doubts, in Chinese."""
WORDLESS = {
    "non_numeric": Text("无数字", "no number"),
    "unread": Text("提到，未能读出", "mentioned, not read"),
    "failed": Text("未能读取", "not read"),
}
NOT_THERE = Text(
    "清单中有此结果，文件夹里没有", "the manifest lists this result, but it is not in the folder"
)
REPORT_ITSELF = Text("整份报告", "the report")


class Builder:
    """Takes results one at a time and keeps of each only what the page shows."""

    def __init__(self) -> None:
        self.sentences = Sentences()
        self._reports: list[ReportLine] = []
        self._gaps: list[Gap] = []
        self._flags: list[Flag] = []
        self._engines: Counter[str] = Counter()
        self._types = tuple(record_types().items())

    def add(self, result: Result) -> None:
        """Take one more report."""
        summary, report = summarise(result), result.report
        self.sentences.add(result)
        self._reports.append(
            ReportLine(
                id=report.id,
                title=report.title,
                region=report.region,
                year=report.report_year,
                source=report.source,
                records=tuple(summary.records.get(name, 0) for name, _ in self._types),
                numbers=summary.numbers,
                excluded=summary.excluded,
                unclaimed=summary.unclaimed,
                flagged=summary.flagged,
                failed=summary.failed_chunks,
                complete=summary.complete,
            )
        )
        self._gaps.extend(_gaps(result))
        self._flags.extend(_flags(result))
        model = f" {result.manifest.model}" if result.manifest.model else ""
        self._engines[f"{result.manifest.engine}{model}, zhengbao {result.manifest.package_version}"] += 1

    def page(
        self,
        research: Research,
        manifest: RunManifest | None,
        skipped: Iterable[InputError],
        oddities: Callable[[], Iterable[str]],
    ) -> Page:
        """The page about all reports taken.

        Args:
            research: the tables of the same results.
            manifest: of the folder, where there is one: what became of the sources.
            skipped: why files of the folder gave no result.
            oddities: what is odd about the folder; asked once the tables are made.
        """
        panel = research.panel
        self._names = {one.id: Text(one.zh, one.en) for one in research.catalogue.indicators}
        tracked = tuple(map(self._tracked, research.tracking))
        headlines = tuple(self._headlines(panel))
        pictures = tuple(draw(research, self._link))
        return Page(
            title=Text("政府工作报告核对", "Government work reports, read and checked"),
            made_by="; ".join(self._engines),
            reports=tuple(self._reports),
            types=tuple(Text(kind.label_zh or name, kind.label_en or name) for name, kind in self._types),
            gaps=(
                *_of_sources(manifest, {one.id for one in self._reports}),
                *map(_of_file, skipped),
                *(Gap("", _told(one)) for one in oddities()),
                *self._gaps,
            ),
            leftovers=sum(len(entry.leftovers) for entry in manifest.sources) if manifest else 0,
            flags=tuple(self._flags[:MOST_FLAGS]),
            more_flags=max(0, len(self._flags) - MOST_FLAGS),
            headlines=headlines,
            tracked=tracked,
            pictures=pictures,
            quoted=self.sentences.quoted(),
        )

    def _link(self, row: PanelRow) -> str:
        anchor = self.sentences.anchor(row.report_id, row.quote, row.start, row.end)
        return f"#{anchor}" if anchor else "#"

    def _headlines(self, panel: Sequence[PanelRow]) -> Iterable[Headline]:
        """One table a report year, the latest first."""
        annual = [row for row in panel if row.horizon == "annual" and row.report_year is not None]
        annual.sort(key=lambda row: -(row.report_year or 0))
        for year, group in groupby(annual, key=lambda row: row.report_year or 0):
            rows = list(group)
            named = _most_stated(rows)
            by_report: dict[str, list[PanelRow]] = {}
            for row in rows:
                by_report.setdefault(row.report_id, []).append(row)
            yield Headline(
                year=year,
                indicators=tuple(named.values()),
                rows=tuple(
                    HeadlineRow(
                        region=own[0].region or report_id,
                        report_id=report_id,
                        cells=tuple(self._cell(own, indicator) for indicator in named),
                    )
                    for report_id, own in by_report.items()
                ),
            )

    def _cell(self, rows: Iterable[PanelRow], indicator: str) -> tuple[Number, ...]:
        """The target of the year and the actual of the year before."""
        own = [row for row in rows if row.indicator_id == indicator and row.status != "not_found"]
        own.sort(key=lambda row: row.claim_type != "target")
        return tuple(self._number(row) for row in own)

    def _number(self, row: PanelRow) -> Number:
        return Number(
            label=_label(row),
            tone=row.claim_type,
            anchor=self.sentences.anchor(row.report_id, row.quote, row.start, row.end),
            flagged=row.state == State.FLAGGED,
            wordless=row.value is None,
            doubt=_doubt(row.doubt) if row.doubt else None,
            edited=row.edited,
        )

    def _tracked(self, row: TrackingRow) -> Tracked:
        scale = scale_of([value for value in (row.target, row.actual) if value is not None], row.unit)

        def number(
            tone: Tone,
            value: Decimal | None,
            upper: Decimal | None,
            modifier: str | None,
            wording: str | None,
            anchor: str | None,
        ) -> Number:
            label = _said(value, upper, modifier, scale, wording)
            flagged = row.state == State.FLAGGED
            edited = row.target_edited if tone == "target" else row.actual_edited
            return Number(label, tone, anchor, flagged, wordless=value is None, edited=edited)

        target = self.sentences.anchor(row.target_report, row.target_quote, row.target_start, row.target_end)
        actual = self.sentences.anchor(
            row.actual_report or "", row.actual_quote, row.actual_start, row.actual_end
        )
        return Tracked(
            region=row.region or "",
            year=row.year,
            indicator=self._names.get(row.indicator_id or "", Text(row.indicator, row.indicator)),
            target=number(
                "target", row.target, row.target_upper, row.target_modifier, row.target_wording, target
            ),
            actual=number(
                "actual", row.actual, row.actual_upper, row.actual_modifier, row.actual_wording, actual
            )
            if row.actual_quote
            else None,
            difference=None
            if row.difference is None
            else _difference(scale.shown(row.difference), scale.unit),
            outcome=row.outcome,
            note=_in_both(row.note) if row.note else None,
        )


def _label(row: PanelRow) -> Text:
    """`5%左右`, `about 5%`; where there is no number, what is said instead."""
    if row.status in ("failed", "unread"):
        return WORDLESS[row.status]
    scale = scale_of([] if row.value is None else [row.value], row.unit)
    return _said(row.value, row.upper, row.modifier, scale, row.wording)


def _doubt(doubt: str) -> Text:
    """A doubt of the panel in both languages."""
    zh = doubt
    for english, chinese in DOUBTS:
        zh = zh.replace(english, chinese)
    return Text(zh, doubt)


def _said(
    value: Decimal | None, upper: Decimal | None, modifier: str | None, scale: Scale, wording: str | None
) -> Text:
    if value is None:
        saying = short(wording or "", SAYING)
        return Text(saying or WORDLESS["non_numeric"].zh, saying or WORDLESS["non_numeric"].en)
    return Text(*(amount(value, upper, modifier, scale, lang) for lang in LANGUAGES))


def _difference(value: Decimal, unit: str) -> Text:
    """`+0.3个百分点`, `+0.3 points`, `-2亿元`."""
    signed = f"+{plain(value)}" if value > 0 else plain(value)
    return (
        Text(f"{signed}个百分点", f"{signed} points") if unit == "%" else Text(signed + unit, signed + unit)
    )


def _in_both(text: str) -> Text:
    """What is said in Chinese, then after a stroke in English; what is said only once stands for both."""
    zh, _, en = text.partition(" / ")
    return Text(zh, en or zh)


def _told(message: str) -> Text:
    return Text(in_language(message, CHINESE), str(message))


def _most_stated(rows: Iterable[PanelRow]) -> dict[str, Text]:
    """The indicators that most reports state, in the order of the catalogue."""
    names: dict[str, Text] = {}
    stated: Counter[str] = Counter()
    for row in rows:
        names.setdefault(row.indicator_id, Text(row.indicator, row.indicator_en))
        stated[row.indicator_id] += row.status in {"stated", "non_numeric"}
    most = {indicator for indicator, times in stated.most_common(MOST_INDICATORS) if times}
    return {indicator: name for indicator, name in names.items() if indicator in most}


def _gaps(result: Result) -> Iterator[Gap]:
    """What is missing of a report."""
    for note in result.completeness.notes:
        yield Gap(result.report.id, _in_both(note))
    for chunk in result.chunks:
        if chunk.status == "failed":
            where, why = f"{chunk.start}–{chunk.end}", chunk.error or ""
            yield Gap(
                result.report.id,
                Text(f"第{where}字未能读取：{why}", f"characters {where} could not be read: {why}"),
            )
    unclaimed = [row for row in result.ledger if row.state == "unclaimed"]
    if unclaimed:
        some = "、".join(short(row.text, SAYING) for row in unclaimed[:MOST_UNCLAIMED])
        more = "…" if len(unclaimed) > MOST_UNCLAIMED else ""
        yield Gap(
            result.report.id,
            Text(
                f"{len(unclaimed)}个数字无人认领：{some}{more}",
                f"{len(unclaimed)} numbers that nothing claims: {some}{more}",
            ),
        )


def _of_sources(manifest: RunManifest | None, there: AbstractSet[str]) -> Iterator[Gap]:
    """Sources that gave nothing, and results that the manifest knows but the folder has not."""
    for entry in manifest.sources if manifest else ():
        if entry.error:
            yield Gap(entry.path, *map(_told, entry.error.sentences()))
        for saved in entry.reports:
            if saved.id not in there:
                yield Gap(saved.id, NOT_THERE, _told(f"extract run {entry.path} --out …"))


def _of_file(error: InputError) -> Gap:
    return Gap("", _told(str(error)), _told(error.hint))


def _flags(result: Result) -> Iterator[Flag]:
    """Records that a person should look at, in the order of the text, and what concerns the report as a whole."""
    if result.issues:
        yield Flag(result.report.id, REPORT_ITSELF, "", (), _reasons(result.issues))
    for record in sorted(result.records, key=lambda one: one.evidence.start):
        if record.state is State.FLAGGED:
            where = record.evidence
            marks: dict[tuple[int, int], str | None] = {(one.start, one.end): None for one in record.figures}
            yield Flag(
                result.report.id,
                Text(record.label_zh or record.type, record.label_en or record.type),
                record.indicator,
                parts(where.quote, where.start, marks),
                _reasons(record.issues),
            )


def _reasons(issues: Iterable[Issue]) -> tuple[Reason, ...]:
    return tuple(Reason(one.code, one.severity.value, Text(one.message, one.message_en)) for one in issues)
