"""Cases kept as data under tests/corpora."""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "corpora"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one corpus; plain JSON, so their values are of any type."""
    corpus = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = corpus["cases"]
    return found
