"""As `extract.runs.apart_worker`, with a fault in it whose message is the first line of what it is to read."""

from extract.documents.readers.serving import serve
from extract.runs import workers
from extract.runs.apart_worker import made


def fault(data: bytes, *_: object, **__: object) -> None:
    """What reading a source comes to here."""
    raise RuntimeError(data.decode().splitlines()[0])


if __name__ == "__main__":
    workers.process_source = fault  # type: ignore[assignment]
    serve(made)
