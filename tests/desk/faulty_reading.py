"""Stands in for the process that works through uploads: whatever it is given, this program has a fault there."""

from typing import Any, NoReturn

import pytest

from extract.documents.readers.serving import serve
from extract.runs import workers
from extract.runs.apart_worker import made

SECRET = "/srv/geheim/out of sight"


def fault(*_: Any, **__: Any) -> NoReturn:
    """A fault whose text holds a path.

    Raises:
        RuntimeError: always.
    """
    raise RuntimeError(f"at {SECRET}/inner.dat with blanks")


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workers, "process_source", fault)
        serve(made, local_sockets=True)
