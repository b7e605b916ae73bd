"""Where the store of a folder of results is. Nothing heavy is imported here: who has no store pays nothing for it."""

from pathlib import Path

DESK_FOLDER = ".desk"
STORE_NAME = "desk.sqlite"


def default_url(folder: Path) -> str:
    """The address of the store of a folder of results, unless another one is named."""
    return f"sqlite:///{folder / DESK_FOLDER / STORE_NAME}"


def is_reviewed(folder: Path, store: str | None) -> bool:
    """Whether there may be decisions on a folder of results.

    Args:
        folder: of results.
        store: its address; None where it can only be in the folder.
    """
    try:
        return bool(store) or (folder / DESK_FOLDER / STORE_NAME).exists()
    except PermissionError:  # of another account, which keeps it to itself
        return True
