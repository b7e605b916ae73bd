"""The process that works through sources for `apart`; run as `python -m extract.runs.apart_worker`."""

import gc
import pickle
from typing import Any

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.serving import Extend, serve
from extract.errors import TooLargeError
from extract.messages import Message
from extract.runs.workers import Done, Job, process_job


def made(_request: dict[str, Any], data: bytes, _bounds: Bounds, _extend: Extend) -> bytes:
    """What a source comes to, both as this program pickles them.

    Raises:
        TooLargeError: the results are too large for those who read them later.
    """
    job = pickle.loads(data)  # noqa: S301 - from the process that started this one
    assert isinstance(job, Job)
    gc.disable()  # the route leaves few cycles; looking for them in what grows costs more and more
    try:
        done = process_job(job)
    finally:
        gc.enable()
    _refuse_large(done, job.allowance.result_mb)
    return pickle.dumps(done)


def _refuse_large(done: Done, most_mb: int) -> None:
    size = sum(len(one.data) for one in done.results)
    if size > most_mb * 1_000_000:
        raise TooLargeError(
            Message(
                "its results fill %(number)s MB, more than the %(most)s MB allowed",
                number=f"{size / 1e6:,.0f}",
                most=most_mb,
            ),
            hint=Message("Raise max_result in extract.toml, or split the file."),
        )


if __name__ == "__main__":
    gc.freeze()
    serve(made, local_sockets=True)
