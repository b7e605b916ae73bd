r"""Names of files: those that this program gives, and those that it is given.

A name that this program gives is the same on every system, and taken by every system. A name that it is given may
hold any bytes: it is shown as text that no other name has, and that leads back to the file.

    in/yunzhou.txt      in/yunzhou.txt        ordinary names stay as they are
    b"in/\xd4\xc6.txt"  in/gbk:云.txt         no UTF-8, but plainly GBK
    b"in/\xff.txt"      in/\xff.txt           bytes that are no text, controls and characters that hide text
"""

import os
import re
import sys
from pathlib import PurePath, PurePosixPath

_OTHERS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff_-]+")
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ .]*(?:\..*)?", re.IGNORECASE
)
"""What Windows takes for a device, whatever its suffix."""

GBK = "gbk:"
"""Stands before the name of a file or folder that was written in GBK where names are UTF-8."""
REPLACED = "\ufffd"
"""Stood in names of version 0.1.0 for bytes that are no text, so that many files had one name."""
LONGEST_BYTES = 255
"""Of a name, on Linux and Windows and macOS alike."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ODD = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
    r"|\\(?=x[0-9a-f]{2})"  # what looks like an escape and is none
    r"|^g(?=bk:)"
)
_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})")
_BACKSLASH = re.compile(r"\\(?!x[0-9a-f]{2})")
_PLAINLY_CHINESE = re.compile(r"[ -\[\]-~·–—‘’“”…\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]+")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\\ud800-\udfff]")


def shown(path: str | PurePath) -> str:
    """A path as text: forward slashes, nothing that hides or steers, and no other path is shown like it."""
    text = path.as_posix() if isinstance(path, PurePath) else path
    return "/".join(map(_shown_part, text.split("/"))) if _ODD.search(text) or GBK in text else text


def _shown_part(part: str) -> str:
    if not _ODD.search(part):
        return part
    return (_in_gbk(part) if _SURROGATE.search(part) else "") or _ODD.sub(_escaped, part)


def _in_gbk(part: str) -> str:
    """What a name says that is plainly GBK; empty for any other."""
    if sys.getfilesystemencoding() != "utf-8":
        return ""
    try:
        raw = os.fsencode(part)
        text = raw.decode("gbk")
    except UnicodeError:
        return ""
    return f"{GBK}{text}" if _PLAINLY_CHINESE.fullmatch(text) and text.encode("gbk") == raw else ""


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    raw = bytes([code - 0xDC00]) if 0xDC80 <= code <= 0xDCFF else found[0].encode("utf-8", "surrogatepass")
    return "".join(f"\\x{byte:02x}" for byte in raw)


def with_slashes(name: str) -> str:
    r"""A name with forward slashes, also where it came with those of Windows; an escape (`\xff`) stays one."""
    return _BACKSLASH.sub("/", name)


def path_of(name: str) -> str:
    """The path that is shown by a name: `shown` the other way round."""
    return "/".join(map(_path_part, name.split("/"))) if GBK in name or "\\x" in name else name


def _path_part(part: str) -> str:
    try:
        if part.startswith(GBK):
            raw = part.removeprefix(GBK).encode("gbk")
        else:
            raw = _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), part.encode())
        path = os.fsdecode(raw)
    except UnicodeError:
        return part
    return path if _shown_part(path) == part else part  # what `shown` never gives is no escape


def stem_of(name: str) -> str:
    """What the last part of a name says without its suffix: no mark of an encoding, no escapes of hidden characters.

    Unlike the name it may be that of other files, too.
    """
    last = name.rpartition("/")[2]
    if "\\x" in last:
        last = os.fsencode(path_of(last)).decode("utf-8", "backslashreplace")
    return PurePosixPath(last.removeprefix(GBK)).stem


def name_in_0_1_0(name: str) -> str:
    """What version 0.1.0 called the file that is shown by a name now."""
    path = path_of(name)
    try:
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # Windows takes half a character into a name
        return path.encode("utf-8", "replace").decode("utf-8")


def without_surrogates(text: str) -> str:
    """A text that can be encoded; halves of characters, and bytes of a name that are no text, as escapes."""
    return shown(text) if _SURROGATE.search(text) else text


def safe_stem(text: str) -> str:
    """A text as the name of a file without its suffix: letters, digits, Chinese characters, `_` and `-`.

    Empty where nothing of it is left.
    """
    stem = _OTHERS.sub("-", text).strip("-")
    return f"{stem}-" if names_a_device(stem) else stem


def is_plain(name: str) -> bool:
    """Whether a name can only be that of a file in the folder at hand, on every system.

    Ids and names that stand in files are asked this before they become a part of a path, for anybody may have
    written them.
    """
    drive = len(name) > 1 and name[1] == ":"
    plain = bool(name.strip(". ")) and not drive and not _NOT_IN_NAMES.search(name)
    return plain and not names_a_device(name) and len(name.encode()) <= LONGEST_BYTES


def names_a_device(name: str) -> bool:
    """Whether Windows opens a device under this name instead of a file, such as `nul.txt`."""
    return _DEVICES.fullmatch(name) is not None


def folded(name: str) -> str:
    """What two names share that are one file on Windows and macOS, which take `A` for `a`."""
    return name.casefold()
