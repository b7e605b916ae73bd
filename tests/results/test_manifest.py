"""The manifest of a folder of results."""

import json
from pathlib import Path

import pytest

from extract.results.files import MANIFEST_NAME
from extract.results.manifest import (
    RunEntry,
    RunManifest,
    SavedReport,
    SourceEntry,
    read_manifest,
    write_manifest,
)

RUN = RunEntry(
    command=("extract", "run"), engine="rules", package_version="1", started_at="2024-01-01T00:00:00+00:00"
)


def entry(path: str) -> SourceEntry:
    """A source that gave one report."""
    saved = SavedReport(id="r", sha256="0" * 64, region="临江市", report_year=2024)
    return SourceEntry(path=path, sha256="1" * 64, status="done", recipe="r", reports=(saved,))


@pytest.mark.parametrize("paths", [(), ("b",), ("b", 'a\n"{}[]', "临江")])
def test_a_manifest_is_indented_json_in_the_order_of_the_paths(
    tmp_path: Path, paths: tuple[str, ...]
) -> None:
    """Whatever the paths hold; it comes back as it went."""
    manifest = RunManifest(run=RUN, compared=True, sources=tuple(map(entry, paths)))
    write_manifest(tmp_path, manifest)
    ordered = manifest.model_copy(update={"sources": tuple(map(entry, sorted(paths)))})
    assert read_manifest(tmp_path) == ordered
    text = (tmp_path / MANIFEST_NAME).read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_without_a_manifest_there_is_none(tmp_path: Path) -> None:
    """As in a new folder."""
    assert read_manifest(tmp_path) is None
