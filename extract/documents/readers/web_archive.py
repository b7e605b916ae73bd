"""MHTML: a web page saved with its pictures in one file; the page is read, the rest is not."""

from email import policy
from email.parser import BytesParser
from typing import Any

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Decoded
from extract.documents.readers.web_page import read as read_page
from extract.errors import DamagedFileError
from extract.messages import Message


def read(data: bytes, bounds: Bounds, extend: Any) -> Decoded:
    """Read a page saved as MHTML; as `web_page.read`.

    Raises:
        DamagedFileError: there is no page in it.
    """
    message = BytesParser(policy=policy.default).parsebytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return read_page(content, bounds, extend)
    raise DamagedFileError(Message("there is no web page in it"))
