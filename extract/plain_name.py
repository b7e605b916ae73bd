"""The gate for names that stand in files of this program and become a part of a path."""

from typing import Annotated

from pydantic import AfterValidator

from extract.file_names import is_plain


def _plain(name: str) -> str:
    if not is_plain(name):
        raise ValueError("should be a plain file name")
    return name


PlainName = Annotated[str, AfterValidator(_plain)]
"""An id or a file name that leads nowhere but into the folder in which its file stands."""
