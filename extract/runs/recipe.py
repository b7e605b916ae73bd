"""What a result depends on besides its source."""

import hashlib
from functools import cache
from pathlib import Path

import schemas
from extract import __version__
from extract.engines.base import Identity
from schemas.result import SCHEMA_VERSION

PROGRAM_LENGTH = 12


@cache
def program_hash() -> str:
    """A hash over the text of this program, so that changed rules are never taken for the same rules.

    The version number alone would do for installed packages, but not for a working copy.
    """
    digest = hashlib.sha256()
    for root in (Path(__file__).parents[1], Path(schemas.__file__).parent):
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:PROGRAM_LENGTH]


def recipe(engine: Identity) -> str:
    """One word for everything that a result depends on besides its source: `rules/-/0.1.0/1/0f3a…`."""
    return "/".join((engine.name, engine.model or "-", __version__, str(SCHEMA_VERSION), program_hash()))
