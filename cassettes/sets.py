"""The recordings of answers to the sample reports: how each run was asked for, so that it can be asked for again."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cassettes.tape import FOLDER, HOST, ReadableYaml

ROOT = FOLDER.parent
EXAMPLES = ("examples/yunzhou-2024.txt", "examples/yunzhou-2025.txt")
BASE_URL = f"http://{HOST}/v1"
RECORD = "python -m cassettes.record"


@dataclass(frozen=True, slots=True)
class Recording:
    """One set of recorded answers.

    Attributes:
        name: of its folder.
        model: that was asked, as the endpoint calls it.
        mode: how JSON was asked for.
        max_output_tokens: the longest answer.
        sources: the reports.
    """

    name: str
    model: str
    mode: str
    max_output_tokens: int
    sources: tuple[str, ...]

    @property
    def tape(self) -> Path:
        """The recorded exchanges."""
        return FOLDER / self.name / "exchanges.yaml"

    def exchanges(self) -> Iterator[tuple[dict[str, Any], Any]]:
        """The body of each request on the tape, and the completion that it was answered with."""
        for one in ReadableYaml.deserialize(self.tape.read_text(encoding="utf-8"))["interactions"]:
            yield json.loads(one["request"]["body"]), json.loads(one["response"]["body"]["string"])

    def arguments(self, base_url: str, out: Path, cache: Path) -> list[str]:
        """The command line of the run."""
        return [
            *("run", *self.sources, "--engine", "llm", "--model", self.model, "--mode", self.mode),
            *("--max-output-tokens", str(self.max_output_tokens), "--base-url", base_url),
            *("--out", str(out), "--cache", str(cache)),
        ]

    def save(self) -> None:
        """Write down how the run was asked for, beside its tape."""
        path = _path(self.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _path(name: str) -> Path:
    return FOLDER / name / "recording.json"


def recorded(name: str) -> Recording | None:
    """A set that was recorded; None where it was not."""
    if not _path(name).is_file():
        return None
    content = json.loads(_path(name).read_text(encoding="utf-8"))
    return Recording(**{**content, "sources": tuple(content["sources"])})


@contextmanager
def at_root(**settings: int) -> Iterator[None]:
    """Work from the root of the repository, where the sources have the names that were recorded.

    Args:
        settings: as in `extract.toml`, through the environment.
    """
    before, folder = dict(os.environ), Path.cwd()
    os.environ.update({f"EXTRACT_{name.upper()}": str(value) for name, value in settings.items()})
    os.environ.pop("OPENAI_BASE_URL", None)
    os.chdir(ROOT)
    try:
        yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)
