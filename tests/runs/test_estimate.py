"""What a dry run says an answer takes, held against answers that a capable model gave."""

from collections.abc import Iterator

import pytest

from cassettes.sets import ROOT, Recording, recorded
from extract.config import Settings
from extract.engines.llm.exchange import Request
from extract.engines.llm.tokens import count_tokens
from extract.runs.asking import make_engine
from extract.runs.estimate import ReportEstimate, estimate_sources
from extract.runs.sources import Source

O200K = "gpt-4o"


@pytest.fixture(scope="module")
def recording() -> Recording:
    """Answers of a capable model about the sample reports."""
    found = recorded("capable")
    assert found
    return found


def answers(recording: Recording) -> dict[str, str]:
    """By the user's message what was answered; a prompt that changed since changes no length worth speaking of."""
    return {
        body["messages"][1]["content"]: completion["choices"][0]["message"]["content"]
        for body, completion in recording.exchanges()
    }


def pairs(recording: Recording) -> Iterator[tuple[int, int]]:
    """For each report the tokens of its answers as estimated and as they came."""
    engine = make_engine(Settings(model=O200K))
    known = answers(recording)
    for name in recording.sources:
        taken = 0

        def count(request: Request) -> int:
            nonlocal taken
            taken += count_tokens(known[request.messages[1]["content"]], O200K)
            return 0

        sources = [Source(name, ROOT / name)]
        for estimate in estimate_sources(sources, engine, count, lambda _key: False, max_bytes=10**7):
            assert isinstance(estimate, ReportEstimate)
            yield estimate.usage.completion_tokens, taken


def test_answers_are_estimated_as_they_came(recording: Recording) -> None:
    """Each report within a tenth, both together within a twentieth."""
    found = list(pairs(recording))
    assert len(found) == 2
    for estimated, taken in found:
        assert estimated == pytest.approx(taken, rel=0.1)
    assert sum(one for one, _ in found) == pytest.approx(sum(one for _, one in found), rel=0.05)
