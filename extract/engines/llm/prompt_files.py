"""The instructions that a model is given: `system.md`, then one file for each record type.

They are files, not code: `prompts/` of this distribution, and a folder of the user's own for types of their own.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from extract.errors import SettingsError, UnreadableFileError
from extract.messages import Message
from extract.regular_files import hint_about, read_regular

SYSTEM = "system"


class Folder(Protocol):
    """What a folder of prompts can do: a `Path`, or a folder inside an installed package."""

    def joinpath(self, name: str, /) -> "Folder":
        """The file of that name."""

    def is_file(self) -> bool:
        """Whether it is there."""

    def read_text(self, encoding: str) -> str:
        """What it says."""


@dataclass(frozen=True)
class Prompts:
    """All instructions of a run.

    Attributes:
        texts: text by name: `system`, then the record types in the order in which they are shown.
    """

    texts: Mapping[str, str]

    @cached_property
    def system_message(self) -> str:
        """The text that opens every question of a run, the same for all of them to the last byte."""
        return "\n\n".join(text.strip() for text in self.texts.values()) + "\n"

    @cached_property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each text by its name, for the manifest."""
        return {
            name: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            for name, text in self.texts.items()
        }


def load_prompts(types: Iterable[str], own: Path | None = None) -> Prompts:
    """The instructions for these record types.

    Args:
        types: names of record types, in the order in which the model reads about them.
        own: a folder of the user's. Its files go before those of the same name of this distribution.

    Raises:
        SettingsError: a type has no instructions, or a file cannot be read.
    """
    folders: list[Folder] = [own] if own is not None else []
    folders.append(files("prompts"))
    if own is not None and not own.is_dir():
        raise SettingsError(
            Message("%(folder)s is not a folder of prompts.", folder=own),
            hint=Message("Name the folder that holds <type>.md."),
        )
    return Prompts({name: _text(name, folders) for name in (SYSTEM, *types)})


def _text(name: str, folders: list[Folder]) -> str:
    file_name = f"{name}.md"
    for folder in folders:
        file = folder.joinpath(file_name)
        if not (file.exists() if isinstance(file, Path) else file.is_file()):
            continue
        try:
            if isinstance(file, Path):
                return read_regular(file).decode().replace("\r\n", "\n")
            return file.read_text(encoding="utf-8")
        except OSError as error:
            raise SettingsError(
                Message("%(path)s cannot be read: %(reason)s.", path=file, reason=error.strerror or error),
                hint=hint_about(error, UnreadableFileError.hint),
            ) from error
        except UnicodeDecodeError as error:
            raise SettingsError(
                Message("%(file)s cannot be read: %(error)s.", file=file, error=error),
                hint=Message("Save it as UTF-8 text."),
            ) from error
    raise SettingsError(
        Message(
            "The record type %(name)s has no instructions: %(file)s is missing.", name=name, file=file_name
        ),
        hint=Message("Write %(file)s and name its folder with --prompts.", file=file_name),
    )
