"""Questions in the provider's batch files: half the price, answers within a day.

    submit    questions without an answer → request files → a batch at the provider, remembered in a state file
    status    what the provider says about it
    collect   its output and error files → kept as they came → answers into the cache

Items are matched by their custom id, which is the key of the question, never by position. What was paid for is
on the disk before anything is read from it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.engines.llm.bounded import MOST_BYTES
from extract.engines.llm.exchange import Check, Request, Usage
from extract.errors import ChunkFailure, SettingsError
from extract.messages import Message
from extract.plain_name import PlainName
from extract.regular_files import read_regular

if TYPE_CHECKING:
    from extract.engines.llm.reading import Completion

URL = "/v1/chat/completions"
MOST_ITEMS = 50_000
MOST_SENT_BYTES = 190_000_000
"""A little below what providers take in one file (200 MB)."""
DONE = "done"
TOO_LONG = "truncated"
ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
SUFFIX = ".batch.json"


class NotAskedError(ChunkFailure):
    """A question that was put into a batch instead of being asked."""

    code = "in_batch"


class Item(BaseModel):
    """One question of a batch."""

    model_config = ConfigDict(extra="forbid")

    report: str
    chunk: int
    purpose: str
    outcome: str | None = Field(
        default=None, description="done, or why it failed; null before it is collected."
    )
    detail: str | None = None


class BatchState(BaseModel):
    """What is known about one batch; a file beside the cache."""

    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    name: PlainName
    endpoint: str
    model: str
    schema_hashes: dict[str, str]
    batch_id: str | None = None
    input_file: str | None = None
    status: str = "creating"
    output_file: str | None = None
    error_file: str | None = None
    collected: bool = False
    resubmitted_as: str | None = None
    items: dict[str, Item]

    @property
    def failed(self) -> dict[str, Item]:
        """The items that came back without an answer."""
        return {key: item for key, item in self.items.items() if item.outcome not in (None, DONE)}


@dataclass(frozen=True, slots=True)
class Collected:
    """One item as it came back.

    Attributes:
        key: its custom id.
        outcome: `done`, or why it has no answer.
        text: the answer, where it is done.
        usage: what it took.
        detail: what the provider said about a failure.
    """

    key: str
    outcome: str
    text: str = ""
    usage: Usage = field(default_factory=Usage)
    detail: str | None = None


def request_line(request: Request, body: Mapping[str, Any]) -> bytes:
    """One line of a request file."""
    row = {"custom_id": request.key, "method": "POST", "url": URL, "body": body}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def in_files(lines: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Lines divided so that each file is one that providers take; a question that comes twice is sent once."""
    seen: set[str] = set()
    file: list[tuple[str, bytes]] = []
    size = 0
    for key, line in lines:
        if key in seen:
            continue
        seen.add(key)
        if file and (len(file) >= MOST_ITEMS or size + len(line) > MOST_SENT_BYTES):
            yield file
            file, size = [], 0
        file.append((key, line))
        size += len(line)
    if file:
        yield file


Sent = Callable[[str], Mapping[str, Any] | None]
"""The body of the request with this custom id, where it is still known."""


def bounded_lines(file: BinaryIO, most: int = MOST_BYTES) -> Iterator[bytes]:
    """The lines of a file; those that are longer than an answer can be are passed over."""
    while line := file.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield line
            continue
        while (rest := file.readline(most)) and not rest.endswith(b"\n"):
            pass


def read_items(
    lines: Iterable[bytes], keys: Iterable[str], check: Check, sent: Sent = lambda _key: None
) -> Iterator[Collected]:
    """The items of an output or an error file.

    Args:
        lines: of the file as it came.
        keys: custom ids of the batch; other lines are nobody's.
        check: says whether an answer is good.
        sent: gives the body of a request, by which tokens are estimated that the provider does not tell.

    Yields:
        One for each line that belongs to the batch; lines that cannot be read are passed over, and their items
        are then missing.
    """
    known = set(keys)
    for line in lines:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        key = row.get("custom_id") if isinstance(row, dict) else None
        if isinstance(key, str) and key in known:
            yield _item(key, row, check, sent)


def _item(key: str, row: Mapping[str, Any], check: Check, sent: Sent) -> Collected:
    from extract.engines.llm.objects import best_object

    error = row.get("error")
    response = row.get("response")
    if not isinstance(response, dict):
        code = error.get("code") if isinstance(error, dict) else None
        outcome = "expired" if code == "batch_expired" else "failed"
        return Collected(key, outcome, detail=_said(error))
    body = response.get("body")
    if response.get("status_code") != 200:
        said = body.get("error") if isinstance(body, dict) else body
        status = str(response.get("status_code"))[:5]
        return Collected(key, "failed", detail=_said(f"status {status}{_said(said, ': ')}"))
    try:
        completion = _completion(key, body, sent)
    except ChunkFailure as failure:
        return Collected(key, failure.code, detail=str(failure))
    if completion.failure is not None:
        return Collected(key, completion.failure.code, usage=completion.usage, detail=str(completion.failure))
    text, fault = best_object(completion.text, check)
    if fault is not None:
        return Collected(key, "malformed", usage=completion.usage, detail=fault)
    return Collected(key, DONE, text, completion.usage)


def _completion(key: str, body: object, sent: Sent) -> "Completion":
    from extract.engines.llm.reading import read_completion
    from extract.engines.llm.reckoning import with_estimates

    completion = read_completion(json.dumps(body).encode(), "the batch")
    request = sent(key)
    return completion if request is None else with_estimates(completion, request)


def _said(error: object, before: str = "") -> str:
    """What the provider said, fit to be shown."""
    from extract.engines.llm.refusals import plainly

    text = error.get("message") if isinstance(error, dict) else error
    short = plainly(str(text or ""))
    return f"{before}{short}" if short else ""


def state_paths(folder: Path) -> list[Path]:
    """The state files of all batches, oldest first."""
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def read_state(path: Path) -> BatchState:
    """The state of one batch.

    Raises:
        SettingsError: the file is missing or damaged.
    """
    try:
        return BatchState.model_validate_json(read_regular(path))
    except (OSError, ValidationError) as error:
        raise SettingsError(
            Message("%(path)s is not a batch that this version can read.", path=path),
            hint=Message("The files beside it hold what was sent and what came back."),
        ) from error


def after_collecting(state: BatchState, collected: Sequence[Collected]) -> BatchState:
    """The state with the outcome of each item; those of which nothing came back are `missing`."""
    found = {one.key: one for one in collected}
    items = {}
    for key, item in state.items.items():
        one = found.get(key)
        outcome = one.outcome if one else ("expired" if state.status == "expired" else "missing")
        items[key] = item.model_copy(update={"outcome": outcome, "detail": one.detail if one else None})
    return state.model_copy(update={"items": items, "collected": True})
