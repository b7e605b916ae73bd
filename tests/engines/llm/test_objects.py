"""The JSON of an answer: the object that fits best and comes first, whatever stands around it."""

import json

import pytest

from extract.engines.llm.objects import best_object

ANSWER = '{"records":[{"n":1}]}'
NOTHING = '{"records":[]}'


def fits(text: str) -> str | None:
    """Records of numbers, as a schema would have it."""
    try:
        content = json.loads(text)
    except ValueError:
        return "no JSON"
    rows = content.get("records") if isinstance(content, dict) else None
    good = isinstance(rows, list) and all(isinstance(row, dict) and "n" in row for row in rows)
    return None if good else "no records"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ANSWER, ANSWER),
        (NOTHING, NOTHING),
        (f"\n{ANSWER}\n", ANSWER),
        (f"```json\n{ANSWER}\n```", ANSWER),
        (f'报告写道 {{"records":[1]}}，因此：\n{ANSWER}', ANSWER),
        (f"{ANSWER}\n没有其他内容；若没有，则为 {NOTHING}。", ANSWER),
        (f"形式为 {NOTHING}。\n{ANSWER}", ANSWER),
        (f"什么都没有：{NOTHING}", NOTHING),
        (f"<think>先写 {NOTHING}</think>\n{ANSWER}", ANSWER),
        (f'{{"records":[{{"n":2}}]}} 是草稿</think>{ANSWER}', ANSWER),
        (f"<think>{ANSWER}</think>", ANSWER),
        (f'<tool_call>\n{{"name": "records", "arguments": {ANSWER}}}\n</tool_call>', ANSWER),
        (f'[TOOL_CALLS][{{"name": "records", "arguments": {ANSWER}}}]', ANSWER),
        (f'{{"name": "records", "parameters": {ANSWER}}}', ANSWER),
        (json.dumps({"name": "records", "arguments": ANSWER}), ANSWER),
        (f'{{"type": "function", "function": {{"name": "records", "arguments": {ANSWER}}}}}', ANSWER),
        (f"{ANSWER} {ANSWER[:-3]}", ANSWER),
    ],
)
def test_the_answer_is_found_in_what_stands_around_it(text: str, found: str) -> None:
    """Fences, thoughts, talk before and behind, calls of functions that were written as text."""
    text, fault = best_object(text, fits)
    assert json.loads(text) == json.loads(found)
    assert fault is None


@pytest.mark.parametrize("text", ["no JSON here", "{" * 5000, "", '{"a":1}', "[1, 2]"])
def test_what_is_no_answer_says_why(text: str) -> None:
    """So that it can be asked again."""
    assert best_object(text, fits)[1]
