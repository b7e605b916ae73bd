"""Sentences to claims: one corpus line per rule."""

import json
from functools import partial
from pathlib import Path

import pytest

from extract.claims import read_claims
from extract.claims.memory import Memory
from extract.documents import read_text
from extract.documents.model import Report
from extract.evaluation.fields import similar
from extract.numbers import find_mentions
from tests.steps import steps

CORPUS = Path(__file__).parents[1] / "corpora" / "claims" / "sentences.jsonl"
CASES = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
HEADINGS = {"review": "一、2023年工作回顾", "plan": "二、2024年重点工作"}


def report_with(text: str, role: str) -> Report:
    """A report of 2024 whose review or plan holds the text, as a paragraph of its own."""
    body = {role: text}
    written = (
        "临江市2024年政府工作报告\n\n——2024年1月18日在临江市第六届人民代表大会第四次会议上\n\n各位代表：\n"
        "现在，我代表市人民政府，向大会报告工作，请予审议。\n\n"
        f"{HEADINGS['review']}\n{body.get('review', '各项工作取得新进展。')}\n\n"
        f"{HEADINGS['plan']}\n{body.get('plan', '做好各项工作。')}\n\n"
        "各位代表，让我们携手奋进，谱写临江发展新篇章！\n"
    )
    (report,) = read_text(written, "corpus.txt").reports
    return report


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_each_sentence_reads_as_a_careful_reader_reads_it(case):
    report = report_with(case["text"], case["role"])
    reading = read_claims(report, find_mentions(report.clean.text))
    got = [
        [c.mention.text, c.indicator, c.kind, c.direction, c.modifier, c.period, c.record_type]
        for c in reading.claims
    ]
    wanted = case["claims"]
    assert [row[:1] + row[2:] for row in got] == [row[:1] + row[2:] for row in wanted]
    for ours, theirs in zip(got, wanted, strict=True):
        assert ours[1] == theirs[1] or (theirs[1] in ours[1] and similar(ours[1], theirs[1])), ours[1]


def test_every_mention_is_claimed_or_excluded_exactly_once(examples):
    for path in sorted(examples.glob("*.txt")):
        for report in read_text(path.read_text(encoding="utf-8"), path.name).reports:
            mentions = find_mentions(report.clean.text)
            reading = read_claims(report, mentions)
            rows = [c.mention for c in reading.claims] + [e.mention for e in reading.excluded]
            assert sorted(m.start for m in rows) == [m.start for m in mentions]


def commitments(text: str) -> list[str | None]:
    report = report_with(text, "plan")
    return [claim.commitment for claim in read_claims(report, find_mentions(report.clean.text)).claims]


def test_a_commitment_does_not_reach_over_a_semicolon():
    assert commitments("力争出口增长6%；新增就业3万人；确保入学率99%。") == ["strive", None, "ensure"]


def test_an_announced_target_holds_for_the_whole_sentence():
    assert commitments("主要预期目标为：出口增长6%；新增就业3万人。") == ["expect", "expect"]


def test_winning_funds_is_no_striving():
    assert commitments("争取上级资金50亿元。") == [None]


def reading(numbers):
    """What reads a clause of so many numbers."""
    report = report_with("力争新增项目" + "3个项目、" * numbers + "。", "plan")
    mentions = tuple(find_mentions(report.clean.text))
    return partial(read_claims, report, mentions)


def test_a_clause_of_many_numbers_takes_steps_as_their_count_does():
    reading(5)()
    assert steps(reading(400)) < 10 * steps(reading(50))


def test_a_number_is_read_with_the_words_near_it_however_long_its_clause_is(monkeypatch):
    """Eight times as many numbers took sixty times as long when each was read with all words before it."""
    lengths: list[int] = []
    commit = Memory.commit

    def noted(memory, words):
        lengths.append(len(words))
        return commit(memory, words)

    monkeypatch.setattr(Memory, "commit", noted)
    reading(400)()
    near = max(lengths)
    lengths.clear()
    reading(4_000)()
    assert max(lengths) == near
