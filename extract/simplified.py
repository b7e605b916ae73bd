"""Traditional characters, radicals and compatibility forms to the simplified characters that they stand for.

One character for one, so that a position in the simplified text is the same position in the source.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

_PAIRS: Final = tuple(
    pair
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for pair in line.split()
)
SIMPLIFIED: Final = {ord(pair[0]): pair[1] for pair in _PAIRS}


@cache
def _other_form() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, SIMPLIFIED))}]")


def simplify(text: str) -> str:
    """The text in simplified characters; exactly as long as before, and the same object where nothing changes."""
    return text.translate(SIMPLIFIED) if _other_form().search(text) else text
