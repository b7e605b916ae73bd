"""The process that reads documents for `isolation`; run as `python -m extract.documents.readers.worker`."""

import json
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import Any

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Decoded
from extract.documents.readers.serving import Extend, serve

Read = Callable[[bytes, Bounds, Extend], Decoded]

READERS = {
    "html": "web_page",
    "mhtml": "web_archive",
    "docx": "word",
    "pdf": "pdf",
    "markdown": "markdown",
}
"""The format, and the module with its `read`."""


def decoded(request: dict[str, Any], data: bytes, bounds: Bounds, extend: Extend) -> bytes:
    """What one document holds, as JSON."""
    read: Read = import_module(f"{__package__}.{READERS[request['format']]}").read
    return json.dumps(asdict(read(data, bounds, extend)), ensure_ascii=False).encode()


if __name__ == "__main__":
    serve(decoded)
