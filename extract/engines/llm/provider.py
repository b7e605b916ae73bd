"""The provider's files and batches, spoken to with OpenAI's client."""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from extract.engines.llm.bounded import UnfitBodyError
from extract.engines.llm.connection import Access, connect_sync, read_address, without_login
from extract.engines.llm.refusals import Place, Refusal, meaning, plainly, shown_words, unreachable
from extract.errors import AccessError, EndpointError, KeyRefusedError
from extract.messages import Message

if TYPE_CHECKING:
    import httpx2

    from extract.errors import ExtractError

TAG = "extract"
RETRIES = 3
"""Of calls that cost nothing."""
MOST_ERRORS = 20
MOST_COUNTED = 1_000_000_000
"""A larger number of items is none that was counted."""
LISTED = 200
"""So many of the newest batches are looked through for one of ours."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A batch as the provider describes it.

    Attributes:
        id, status: its own.
        total, completed, failed: items.
        output_file, error_file: ids of what came back; None while there is nothing.
        errors: why the whole batch was refused.
    """

    id: str
    status: str
    total: int
    completed: int
    failed: int
    output_file: str | None
    error_file: str | None
    errors: tuple[str, ...] = ()


class Provider(Protocol):
    """What a batch needs of a provider."""

    base_url: str

    def upload(self, name: str, data: bytes) -> str:
        """Put a request file there; gives its id."""

    def create(self, input_file: str, name: str) -> Remote:
        """Start a batch that can be found again by its name."""

    def retrieve(self, batch_id: str) -> Remote:
        """The state of a batch."""

    def find(self, name: str) -> Remote | None:
        """The batch of that name, if there is one."""

    def content(self, file_id: str) -> Iterable[bytes]:
        """A file as it is, in pieces."""


class OpenAIProvider:
    """Any endpoint that has OpenAI's files and batches.

    Args:
        base_url: as in `https://host/v1`; empty for OpenAI's own.
        api_key: of the endpoint.
        timeout: seconds until one exchange is given up.
        http: speaks HTTP in place of the client's own, for tests.
        headers: sent with every request.

    Raises:
        AccessError: the base URL or the proxy of the environment cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None,
        timeout: float,
        http: "httpx2.Client | None" = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        address = read_address(base_url)
        access = Access(api_key, headers or {})
        self._client = connect_sync(address, access, timeout=timeout, retries=RETRIES, http=http)
        self.base_url = without_login(str(self._client.base_url)).rstrip("/")
        secrets = (api_key or "", *(address.login or ())[1:], *(headers or {}).values())
        self._place = Place(self.base_url, secrets, key=bool(api_key), login=address.login is not None)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def upload(self, name: str, data: bytes) -> str:
        """Put a request file there; gives its id."""
        with self._spoken(Message("take a request file")):
            return self._client.files.create(file=(name, data), purpose="batch").id

    def create(self, input_file: str, name: str) -> Remote:
        """Start a batch that can be found again by its name. Not tried twice: it might be paid for twice."""
        with self._spoken(Message("start a batch")):
            client = self._client.with_options(max_retries=0)
            return _remote(
                client.batches.create(
                    input_file_id=input_file,
                    endpoint="/v1/chat/completions",
                    completion_window="24h",
                    metadata={TAG: name},
                )
            )

    def retrieve(self, batch_id: str) -> Remote:
        """The state of a batch."""
        with self._spoken(Message("show the batch %(id)s", id=batch_id)):
            return _remote(self._client.batches.retrieve(batch_id))

    def find(self, name: str) -> Remote | None:
        """The batch of that name among the newest, if there is one."""
        with self._spoken(Message("list its batches")):
            for number, batch in enumerate(self._client.batches.list(limit=100)):
                if (batch.metadata or {}).get(TAG) == name:
                    return _remote(batch)
                if number >= LISTED:
                    break
        return None

    def content(self, file_id: str) -> Iterator[bytes]:
        """A file as it is, in pieces, so that no memory has to hold it."""
        what = Message("give the file %(id)s", id=file_id)
        with self._spoken(what), self._client.files.with_streaming_response.content(file_id) as response:
            yield from response.iter_bytes()

    @contextmanager
    def _spoken(self, what: str) -> Iterator[None]:
        """Failures of the endpoint as ours."""
        import httpx2
        import openai

        try:
            yield
        except openai.APIStatusError as error:
            raise self._of_status(error, what) from error
        except (httpx2.TransportError, UnfitBodyError) as error:  # in the middle of a file
            raise unreachable(self._place, error, ()) from error
        except openai.APIConnectionError as error:
            raise unreachable(self._place, error.__cause__ or error, ()) from error
        except (openai.OpenAIError, ValueError, RecursionError) as error:
            raise EndpointError(
                Message(
                    "%(url)s did not %(what)s: its answer could not be read (%(kind)s).",
                    url=self.base_url,
                    what=what,
                    kind=type(error).__name__,
                )
            ) from error

    def _of_status(self, error: Any, what: str) -> "ExtractError":
        refusal = Refusal(error.status_code, error.body, error.response.headers)
        words = shown_words(error.body, self._place.secrets)
        said = Message(
            "%(url)s did not %(what)s: status %(status)s%(words)s.",
            url=self.base_url,
            what=what,
            status=error.status_code,
            words=words,
        )
        if error.status_code in (404, 405, 501):
            hint = Message("This endpoint may not support batches: use `extract run --engine llm`.")
            return AccessError(said, hint=hint)
        meant = meaning(refusal, self._place, {}, time.time())
        if isinstance(meant, AccessError):
            return type(meant)(said if isinstance(meant, KeyRefusedError) else str(meant), hint=meant.hint)
        return EndpointError(said, hint=Message("Run the same command again later; nothing is lost."))


def _remote(batch: Any) -> Remote:
    """Every field with care: endpoints that call themselves compatible leave things out."""
    counts = getattr(batch, "request_counts", None)
    errors = getattr(getattr(batch, "errors", None), "data", None) or ()
    return Remote(
        id=plainly(str(batch.id)),
        status=plainly(str(batch.status or "unknown")),
        total=_count(counts, "total"),
        completed=_count(counts, "completed"),
        failed=_count(counts, "failed"),
        output_file=_name(batch, "output_file_id"),
        error_file=_name(batch, "error_file_id"),
        errors=tuple(plainly(str(getattr(one, "message", one))) for one in errors[:MOST_ERRORS]),
    )


def _name(batch: Any, name: str) -> str | None:
    said = getattr(batch, name, None)
    return plainly(str(said)) if said else None


def _count(counts: Any, name: str) -> int:
    said = getattr(counts, name, 0)
    return said if isinstance(said, int) and 0 <= said <= MOST_COUNTED else 0
