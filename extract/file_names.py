"""Names that this program gives to files: the same on every system, and taken by every system."""

import re

_OTHERS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff_-]+")
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ .]*(?:\..*)?", re.IGNORECASE
)
"""What Windows takes for a device, whatever its suffix."""


def safe_stem(text: str) -> str:
    """A text as the name of a file without its suffix: letters, digits, Chinese characters, `_` and `-`.

    Empty where nothing of it is left.
    """
    stem = _OTHERS.sub("-", text).strip("-")
    return f"{stem}-" if names_a_device(stem) else stem


def names_a_device(name: str) -> bool:
    """Whether Windows opens a device under this name instead of a file, such as `nul.txt`."""
    return _DEVICES.fullmatch(name) is not None


def folded(name: str) -> str:
    """What two names share that are one file on Windows and macOS, which take `A` for `a`."""
    return name.casefold()
