"""Government work reports in, checked records out.

The public names load on first use, so that `import extract` costs nothing:

    process_source(data, name, RulesEngine())   bytes to results
    read_source(data, name)                     bytes to reports, sections, sentences
    find_mentions(text)                         every number of a text
    load(folder)                                tables of results as data frames
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.documents import read_source
    from extract.engines.rules import RulesEngine
    from extract.errors import ExtractError
    from extract.notebook import load
    from extract.numbers import Mention, find_mentions
    from extract.pipeline import process_source

__version__ = "0.1.0"

_HOMES = {
    "ExtractError": "extract.errors",
    "Mention": "extract.numbers",
    "RulesEngine": "extract.engines.rules",
    "find_mentions": "extract.numbers",
    "load": "extract.notebook",
    "process_source": "extract.pipeline",
    "read_source": "extract.documents",
}

__all__ = [
    "ExtractError",
    "Mention",
    "RulesEngine",
    "__version__",
    "find_mentions",
    "load",
    "process_source",
    "read_source",
]


def __getattr__(name: str) -> object:
    """Load a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
