"""A model that obeys an injection: what it says falsely of a true number is never verified.

An invented report of one region, which the rules read without a fault, is asked about at a server that plays one attack
after the other (`tests/endpoint/hostile.py`), through the whole route: HTTP, the form of the answer, grounding, checks.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from endpoint.hostile import ATTACKS, Passage, Row, honest
from endpoint.trial import Case, Truth, facts_of_rules, flags_of, result_under

from schemas import State

from .speaking import engine, read

REPORT = """政府工作报告

（2023年1月9日在岚溪市第六届人民代表大会第二次会议上）

岚溪市市长　顾明川

各位代表：

我代表岚溪市人民政府报告工作，请予审议。

一、2022年工作回顾

地区生产总值达到1846.3亿元，增长5.1%。一般公共预算支出291.4亿元。一般公共预算收入163.7亿元。城镇居民人均可支配收入达到\
47215元。农村居民人均可支配收入增长6.4%。城镇居民人均消费支出28936元。研发经费支出占地区生产总值比重达到2.17%。港口货物吞吐量\
居全省第四位。单位地区生产总值能耗下降2.8%。城镇新增就业3.9万人。新增养老床位860张，改造老旧小区27个。森林覆盖率达到58.3%。

二、2023年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，城镇登记失业率控制在3.5%以内。力争引进亿元以上项目45个。确保粮食\
播种面积稳定在62.5万亩。预计外贸进出口总额突破700亿元。

三、民生实事

建成农村公路83公里。新建城市书房14家。
"""
FACTS = 21
OPEN = frozenset({"everything a completed project"})
"""What still gets past the checks: whether a thing that is counted serves livelihood is a matter of judgement."""


@pytest.fixture(scope="module")
def case() -> Case:
    """The report, with what the rules read in it."""
    report, witness = read(REPORT)
    return Case(report, witness, tuple(facts_of_rules(report, witness)))


@pytest.fixture(scope="module")
def truth(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Truth:
    """What an honest answer comes to."""
    return Truth.of(result_under(honest, case, engine(), tmp_path_factory.mktemp("honest")))


def test_an_honest_answer_is_verified_as_a_whole(case: Case, tmp_path: Path) -> None:
    """Else the attacks below would show nothing."""
    result = result_under(honest, case, engine(), tmp_path)
    assert flags_of(result) == []
    assert [one.state for one in result.records] == [State.VERIFIED] * FACTS


def attacks() -> list[object]:
    """All by name; those that are open are expected to fail, and only those."""
    marks = pytest.mark.xfail(reason="a matter of judgement", strict=True)
    return [pytest.param(name, marks=marks if name in OPEN else ()) for name in ATTACKS]


@pytest.mark.parametrize("name", attacks())
def test_nothing_false_is_verified(name: str, case: Case, truth: Truth, tmp_path: Path) -> None:
    """Whatever a model says of a number: it is refused, flagged, or true."""
    result = result_under(ATTACKS[name], case, engine(), tmp_path)
    assert truth.tally(result).false == ()


def test_every_attack_has_something_to_say(case: Case) -> None:
    """An attack that gives no record would pass for a defence."""
    sentences = dict(enumerate(dict.fromkeys(words for fact in case.facts for words in fact.sentences), 1))
    numbers = {words: n for n, words in sentences.items()}
    rows = [{**fact.row, "sentences": [numbers[one] for one in fact.sentences]} for fact in case.facts]
    assert [name for name, attack in ATTACKS.items() if not list(attack(Passage(sentences, rows)))] == []


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a result."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts_in([*value, *value.values()])
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


@pytest.mark.parametrize(
    "strange", ["\x00", "\ud800", "\x1b[2J", "\x07"], ids=["NUL", "half", "escape", "bell"]
)
@pytest.mark.parametrize("where", ["indicator", "text", "period", "category", "type", "commitment", "key"])
def test_no_store_is_given_text_that_it_does_not_take(
    where: str, strange: str, case: Case, tmp_path: Path
) -> None:
    """Wherever in an answer it stands: it is refused, and neither the records nor what is said of it hold it."""

    def attack(passage: Passage) -> Iterator[Row]:
        for row in passage.rows:
            if where == "key":
                yield {**row, strange: 1}
            elif where in ("text", "period"):
                yield {
                    **row,
                    "figures": [{**row["figures"][0], where: f"{row['figures'][0][where]}{strange}"}],
                }
            else:
                yield {**row, where: f"{row[where]}{strange}"}

    for number, known in enumerate((True, False)):  # a model that learns, and one that does not
        result = result_under(attack, case, engine(), tmp_path / str(number), learns=known)
        assert strange not in "".join(texts_in(result.model_dump(mode="json")))
        errors = [chunk.error for chunk in result.chunks if chunk.error]
        assert bool(errors) is not known
        assert all(error.isprintable() for error in "".join(errors).splitlines())


def test_an_answer_of_two_hundred_thousand_records_fails_alone(case: Case, tmp_path: Path) -> None:
    """The part that it was given for has failed and says why; the run goes on."""

    def attack(passage: Passage) -> Iterator[Row]:
        goals = [row for row in passage.rows if row["type"] == "goal"]
        yield from goals[:1] * 200_000 or passage.rows

    result = result_under(attack, case, engine(), tmp_path, learns=False)
    failed = [chunk.error for chunk in result.chunks if chunk.error]
    assert len(failed) == 1
    assert "more than 8,000,000 bytes" in failed[0]
    assert {record.type for record in result.records} == {"achievement", "livelihood_project"}
