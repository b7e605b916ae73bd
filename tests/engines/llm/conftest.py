"""What tests of the engine share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.engines.llm.cache import AnswerCache


@pytest.fixture(autouse=True)
def caches_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Most tests open a cache by the way (`Desk`, `filled`); each is closed when the test ends."""
    opened: list[AnswerCache] = []
    open_one = AnswerCache.__init__

    def noted(cache: AnswerCache, folder: Path, **settings: Any) -> None:
        open_one(cache, folder, **settings)
        opened.append(cache)

    monkeypatch.setattr(AnswerCache, "__init__", noted)
    yield
    for cache in opened:
        cache.close()
