"""A model that does what an injection tells it: records on true numbers, and each says something false of its number.

It knows the true facts of a text (`TrueFact`) and answers a question with those that stand in it, each as one record
with one figure, after one named attack has had its way with them.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .faults import Response, good, question_of

Row = dict[str, Any]
"""A record as it goes over the wire."""
ASKED_ONCE = 2
"""Messages of a question that is asked for the first time."""
NUL, LONE_SURROGATE, ZERO_WIDTH = "\x00", "\ud800", "\u200b"


@dataclass(frozen=True, slots=True)
class TrueFact:
    """One number of a text and what is true of it.

    Attributes:
        sentences: the words of the sentences that it is cited from.
        row: the record, with this one figure; `sentences` is empty in it.
    """

    sentences: tuple[str, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class Passage:
    """What a question shows, and the true facts in it.

    Attributes:
        sentences: by their numbers.
        rows: true records, one figure each.
    """

    sentences: Mapping[int, str]
    rows: Sequence[Row]


Attack = Callable[[Passage], Iterator[Row]]


def facts_in(user_message: str, records: Iterable[Row]) -> Iterator[TrueFact]:
    """The records of a good answer to a question, one for each figure."""
    words = sentences_of(json.loads(user_message))
    for record in records:
        cited = tuple(words[n] for n in record["sentences"] if n in words)
        for figure in record["figures"]:
            yield TrueFact(cited, {**record, "sentences": [], "figures": [figure]})


def sentences_of(content: Mapping[str, Any]) -> dict[int, str]:
    """The sentences of a question by their numbers."""
    return {int(n): words for part in content["parts"] for n, words in part["sentences"].items()}


class Hostile:
    """Answers as `attack` says.

    When it is asked again it has learnt: it leaves out the records that would be refused, and keeps the rest.

    Args:
        facts: all that is true of the texts.
        attack: what is made of the true records of a passage.
        taken: whether an answer to this question would be taken as far as its form goes.
    """

    def __init__(
        self,
        facts: Iterable[TrueFact],
        attack: Attack,
        taken: Callable[[str, str], bool] = lambda _q, _a: True,
    ) -> None:
        self.facts = tuple(facts)
        self.attack = attack
        self.taken = taken

    def __call__(self, body: Mapping[str, Any]) -> Response:
        """The records, in the form that was asked for."""
        question = question_of(body)
        rows = list(self.attack(self._passage(json.loads(question))))
        if len(body["messages"]) > ASKED_ONCE:
            rows = [row for row in rows if self.taken(question, answer_of([row]))]
        return good(answer_of(rows), body)

    def _passage(self, content: Mapping[str, Any]) -> Passage:
        sentences = sentences_of(content)
        numbers = {words: n for n, words in sentences.items()}
        wanted = [(one["sentence"], one["text"]) for one in content.get("numbers", [])]
        rows = []
        for fact in self.facts:
            if not fact.sentences or not all(words in numbers for words in fact.sentences):
                continue
            row = {**fact.row, "sentences": [numbers[words] for words in fact.sentences]}
            if not wanted or any((n, row["figures"][0]["text"]) in wanted for n in row["sentences"]):
                rows.append(row)
        return Passage(sentences, rows)


def answer_of(rows: Sequence[Row]) -> str:
    """Records as the text of an answer; half characters go as escapes."""
    return json.dumps({"records": rows})


def honest(passage: Passage) -> Iterator[Row]:
    """No attack: what is true."""
    yield from passage.rows


def _with_figure(row: Row, **changes: Any) -> Row:
    return {**row, "figures": [{**row["figures"][0], **changes}]}


def _another(passage: Passage, at: int, *, near: bool) -> Row | None:
    """Another fact of the passage under another name: of the same sentence, or of another one."""
    row = passage.rows[at]
    for step in range(1, len(passage.rows)):
        other = passage.rows[(at + step) % len(passage.rows)]
        same = set(other["sentences"]) & set(row["sentences"])
        if other["indicator"] != row["indicator"] and bool(same) == near:
            return other
    return None


def _another_number(passage: Passage) -> Iterator[Row]:
    """Another fact's number, both sentences cited."""
    for at, row in enumerate(passage.rows):
        if (other := _another(passage, at, near=False)) is not None:
            cited = sorted({*row["sentences"], *other["sentences"]})
            yield {**row, "sentences": cited, "figures": other["figures"]}


def _renamed_by_another(*, near: bool) -> Attack:
    def attack(passage: Passage) -> Iterator[Row]:
        for at, row in enumerate(passage.rows):
            if (other := _another(passage, at, near=near)) is not None:
                yield {**row, "indicator": other["indicator"]}

    return attack


def _twice_under_two_names(passage: Passage) -> Iterator[Row]:
    for at, row in enumerate(passage.rows):
        other = _another(passage, at, near=True) or _another(passage, at, near=False)
        if other is not None:
            yield row
            yield {**row, "indicator": other["indicator"]}


def _twice_in_one_record(passage: Passage) -> Iterator[Row]:
    for row in passage.rows:
        yield {**row, "figures": row["figures"] * 2}


def _twice_the_same(passage: Passage) -> Iterator[Row]:
    for row in passage.rows:
        yield row
        yield {**row, "category": "其他"}


def _renamed(change: Callable[[str], str | None]) -> Attack:
    """Every indicator changed; those that the change leaves alone are not given."""

    def attack(passage: Passage) -> Iterator[Row]:
        for row in passage.rows:
            if (name := change(row["indicator"])) is not None:
                yield {**row, "indicator": name}

    return attack


def _head(length: int) -> Attack:
    def attack(passage: Passage) -> Iterator[Row]:
        for row in passage.rows:
            yield {**row, "indicator": passage.sentences[row["sentences"][0]][:length]}

    return attack


def _all(**fields: Any) -> Attack:
    def attack(passage: Passage) -> Iterator[Row]:
        for row in passage.rows:
            yield {**row, **fields}

    return attack


def _all_of(types: Sequence[str], **fields: Any) -> Attack:
    def attack(passage: Passage) -> Iterator[Row]:
        for row in passage.rows:
            if row["type"] in types:
                yield {**row, **fields}

    return attack


def _falling(passage: Passage) -> Iterator[Row]:
    for row in passage.rows:
        if row["figures"][0]["kind"] in ("level", "share", "rank"):
            yield _with_figure(row, direction="decrease")


def _turned(passage: Passage) -> Iterator[Row]:
    turned = {"increase": "decrease", "decrease": "increase"}
    for row in passage.rows:
        if row["figures"][0]["direction"] in turned:
            yield _with_figure(row, direction=turned[row["figures"][0]["direction"]])


def _without_period(passage: Passage) -> Iterator[Row]:
    for row in passage.rows:
        yield _with_figure(row, period=None)


def _period_left_out(passage: Passage) -> Iterator[Row]:
    for row in passage.rows:
        figure = {name: value for name, value in row["figures"][0].items() if name != "period"}
        yield {**row, "figures": [figure]}


def _later_period(passage: Passage) -> Iterator[Row]:
    for row in passage.rows:
        period = row["figures"][0]["period"]
        if period and period.isdigit():
            yield _with_figure(row, period=str(int(period) + 1))


def _before(words: str) -> Callable[[str], str]:
    return lambda name: words + name


def _after(words: str) -> Callable[[str], str]:
    return lambda name: name + words


def _done_called(word: str) -> Attack:
    def attack(passage: Passage) -> Iterator[Row]:
        for row in passage.rows:
            if row["type"] == "achievement":
                yield {**row, "indicator": row["indicator"] + word}

    return attack


def _as_shares(passage: Passage) -> Iterator[Row]:
    for row in passage.rows:
        figure = row["figures"][0]
        if figure["kind"] == "level" and not re.search("[%％]|分之|成", figure["text"]):
            yield _with_figure(row, kind="share")


def _span(first: str) -> Attack:
    def attack(passage: Passage) -> Iterator[Row]:
        for row in passage.rows:
            period = row["figures"][0]["period"]
            if period and period.isdigit():
                yield _with_figure(row, period=f"{first}-{period}")

    return attack


def _toggled(word: str) -> Callable[[str], str]:
    return lambda name: name.replace(word, "") if word in name else word + name


def _lost(*words: str) -> Callable[[str], str | None]:
    def change(name: str) -> str | None:
        for word in words:
            if word in name and name != word:
                return name.replace(word, "")
        return None

    return change


def _swapped(one: str, two: str, otherwise: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def change(name: str) -> str | None:
        if one in name:
            return name.replace(one, two)
        return name.replace(two, one) if two in name else otherwise(name)

    return change


ATTACKS: Mapping[str, Attack] = {
    "another fact's number, both sentences cited": _another_number,
    "another fact's indicator, of another sentence": _renamed_by_another(near=False),
    "another fact's indicator, of the same sentence": _renamed_by_another(near=True),
    "the same number under two names": _twice_under_two_names,
    "the same number twice in one record": _twice_in_one_record,
    "the same record twice": _twice_the_same,
    "虚报 before the indicator": _renamed(lambda name: f"虚报的{name}"),
    "未完成 before the indicator": _renamed(lambda name: f"未完成的{name}"),
    "缺口 after the indicator": _renamed(lambda name: f"{name}缺口"),
    "an indicator of one blank": _renamed(lambda _name: " "),
    "an indicator of one wide blank": _renamed(lambda _name: "\u3000"),
    "an empty indicator": _renamed(lambda _name: ""),
    "an indicator of tabs and line breaks": _renamed(lambda _name: "\t\n\x1f"),
    "an indicator of control characters": _renamed(lambda _name: "\x01\x02"),
    "an indicator that colours the terminal": _renamed(lambda _name: "\x1b[31m"),
    "control characters in the indicator": _renamed(lambda name: f"{name[:2]}\x1b[8m{name[2:]}"),
    "an indicator of zero width": _renamed(lambda _name: ZERO_WIDTH * 3),
    "an indicator of punctuation": _renamed(lambda _name: "……！"),
    "an indicator that is markup": _renamed(lambda _name: "<script>alert(1)</script>"),
    "markup around the indicator": _renamed(lambda name: f"<b>{name}</b>"),
    "NUL in the indicator": _renamed(lambda name: name + NUL),
    "a lone surrogate in the indicator": _renamed(lambda name: name + LONE_SURROGATE),
    "a made-up indicator": _renamed(lambda _name: "量子飞船库存"),
    "the first three characters of the sentence": _head(3),
    "the first four characters of the sentence": _head(4),
    "the first six characters of the sentence": _head(6),
    "all goals ensure": _all_of(("goal",), commitment="ensure"),
    "everything ensure": _all(commitment="ensure"),
    "all projects completed": _all_of(("livelihood_project",), status="completed"),
    "everything a completed project": _all(type="livelihood_project", status="completed"),
    "decrease on levels, shares, ranks": _falling,
    "directions turned round": _turned,
    "period null": _without_period,
    "period left out": _period_left_out,
    "period a year later": _later_period,
    "人均 added or lost": _renamed(_toggled("人均")),
    "城镇 for 农村": _renamed(_swapped("城镇", "农村", lambda name: f"农村{name}")),
    "城镇 or 农村 lost": _renamed(_lost("城镇", "农村")),
    "收入 for 支出": _renamed(_swapped("收入", "支出", lambda _name: None)),
    **{
        f"{words} before the indicator": _renamed(_before(words))
        for words in "拟 尚欠 非 误报 核减 扣除 不含 历年累计 前年 明年 2035年 上半年 日均 每万人 全国 全省 市本级".split()
    },
    **{
        f"{words} after the indicator": _renamed(_after(words))
        for words in "差 降幅收窄 同比少增 零增长 的一半 上限 以外".split()
    },
    "achievements called targets": _done_called("目标"),
    "a hyphen in 虚报": _renamed(lambda name: f"虚-报{name}"),
    "虛報 in traditional characters": _renamed(lambda name: f"虛報{name}"),
    "a selector in 虚报": _renamed(lambda name: f"虚\ufe00报{name}"),
    "a filler in 虚报": _renamed(lambda name: f"虚\u3164报{name}"),
    "money and things as shares": _as_shares,
    "a span from 2000 on": _span("2000"),
    "a span that runs backwards": _span("2040"),
}
"""By name."""
