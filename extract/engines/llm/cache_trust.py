"""Whose a cache is: answers are believed, so nobody else may write them.

diskcache would even load a pickle that somebody put there, which runs whatever they like (CVE-2025-69872). `PlainDisk`
refuses pickles; but a planted answer is JSON like any other, and a database that another account can write to is
open to triggers as well.
"""

from pathlib import Path

from extract.engines.llm.cache_disk import DATABASE
from extract.errors import CacheError
from extract.messages import Message
from extract.private_files import WRITES_OF_OTHERS, is_open_to, is_ours, make_file, make_folder, tighten


def prepare(folder: Path, trusted: str) -> None:
    """See that a cache is there and ours alone, before anything in it is opened.

    Args:
        folder: of the cache; made where it is not there.
        trusted: the folder that is taken as it is, whoever owns it; empty for none.

    Raises:
        CacheError: somebody else owns it or can write to it.
        OSError: it cannot be made, or is a link to nothing.
    """
    make_folder(folder)
    if is_trusted(folder, trusted):
        make_file(folder / DATABASE)
        return
    for path in _parts(folder):
        if (reason := why_not(path)) is not None:
            raise CacheError(
                reason,
                hint=Message(
                    "If nobody else wrote to it, make it yours: chown -R and chmod -R go-w. In a container that runs "
                    "as another user, or to share it on purpose, set EXTRACT_TRUST_CACHE=%(folder)s",
                    folder=folder.resolve(),
                ),
            )
        tighten(path)
    make_file(folder / DATABASE)


def is_trusted(folder: Path, trusted: str) -> bool:
    """Whether a folder is the one that is taken as it is."""
    return bool(trusted) and folder.resolve() == Path(trusted).resolve()


def distrust(folder: Path) -> list[str]:
    """Why a cache cannot be believed, one sentence for each file."""
    return [reason for path in _parts(folder) if (reason := why_not(path)) is not None]


def why_not(path: Path) -> str | None:
    """Why a file or folder of the cache cannot be believed; None where it can."""
    if not is_ours(path.stat()):
        return Message("%(path)s belongs to another account.", path=path)
    if is_open_to(path, WRITES_OF_OTHERS):
        return Message("Other accounts can write to %(path)s.", path=path)
    return None


def _parts(folder: Path) -> list[Path]:
    """The folder first: once nobody else can write to it, its files stay what they are."""
    return [folder, *sorted(path for path in folder.glob(f"{DATABASE}*") if path.exists())]
