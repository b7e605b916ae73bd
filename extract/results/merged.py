"""Copies of one report in a folder of results: which of them stands for all, where that is asked for."""

from pathlib import Path

from extract.errors import InputError
from extract.results.files import SUFFIX, read_result
from extract.results.manifest import RunManifest, read_manifest


def superfluous(folder: Path) -> dict[str, str]:
    """The results that another copy of the same report stands for.

    The best copy is whole before broken, has more figures, and comes first by its id.

    Args:
        folder: of results.

    Returns:
        Report id → id of the copy that stands for it; empty where no run has found copies.

    Raises:
        ResultsFolderError: the manifest cannot be read, or a newer version of this program wrote a result.
    """
    manifest = read_manifest(folder)
    out: dict[str, str] = {}
    for group in _groups(manifest) if manifest else ():
        ranked = sorted(
            rank
            for report_id in group
            if (rank := _rank(folder / f"{report_id}{SUFFIX}", report_id)) is not None
        )
        out.update({report_id: ranked[0][2] for *_, report_id in ranked[1:]})
    return out


def _groups(manifest: RunManifest) -> set[frozenset[str]]:
    return {
        frozenset((saved.id, *saved.same_as))
        for entry in manifest.sources
        for saved in entry.reports
        if saved.same_as
    }


def _rank(path: Path, report_id: str) -> tuple[bool, int, str] | None:
    """How good a copy is, the best lowest; None where it cannot be read."""
    try:
        result = read_result(path)
    except InputError:
        return None
    figures = sum(len(record.figures) for record in result.records)
    return not result.completeness.complete, -figures, report_id
