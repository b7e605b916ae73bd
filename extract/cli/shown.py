"""What `extract show` is asked to show: a text, a result file, or a folder of them."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extract.cli.reviewed_results import decisions_for
from extract.cli.terminal import note, read_input
from extract.config import load_settings
from extract.errors import InputError
from extract.results.decided import AS_READ, Decisions, decided_result, without_rejected
from extract.results.files import SUFFIX, Skipped, read_result, read_results, result_paths
from schemas.result import Result


@dataclass(slots=True)
class Shown:
    """Results to show.

    Attributes:
        results: gives them one at a time.
        overview: whether there are so many that a table says more.
        failures: what could not be shown; complete once all results were taken.
    """

    results: Callable[[], Iterator[Result]]
    overview: bool = False
    failures: list[InputError] = field(default_factory=list)


def shown_results(what: str, store: str | None = None, *, as_read: bool = False) -> Shown:
    """The results of a report's text, a result file or a folder.

    Args:
        what: the name of either.
        store: of the decisions on results, where it is not in their folder.
        as_read: without these decisions.

    Raises:
        ExtractError: there is nothing that could be shown.
    """
    path = Path(what)
    if path.is_dir():
        return _of_folder(path, decisions_for(path, store, as_read=as_read))
    if path.suffix == SUFFIX:
        decisions = decisions_for(path.parent, store, as_read=as_read) if path.is_file() else AS_READ
        result = without_rejected(decided_result(read_result(path), decisions))
        return Shown(lambda: iter((result,)))
    return _of_text(what)


def _of_folder(folder: Path, decisions: Decisions) -> Shown:
    shown = Shown(_nothing, overview=len(result_paths(folder)) > 1)

    def results() -> Iterator[Result]:
        for item in read_results(folder):
            if not isinstance(item, Skipped):
                yield without_rejected(decided_result(item, decisions))
            elif item.damaged:
                shown.failures.append(item.error)
            else:
                note(str(item.error))

    shown.results = results
    return shown


def _nothing() -> Iterator[Result]:
    return iter(())


def _of_text(name: str) -> Shown:
    from extract.pipeline import process_source
    from extract.runs.workers import engine_named

    settings = load_settings(Path.cwd(), os.environ)
    data = read_input(name, settings.max_bytes)
    outcome = process_source(data, name, engine_named("rules"), max_bytes=settings.max_bytes)
    return Shown(lambda: iter(outcome.results), failures=list(outcome.failures))
