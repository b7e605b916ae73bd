"""Record types of a user's own: a Python file with subclasses of `schemas.Record`.

    class MajorProject(Record):
        label_zh: ClassVar[str] = "重大项目"
        label_en: ClassVar[str] = "major project"
        type: Literal["major_project"] = "major_project"
        owner: str | None = None

A type may have fields of its own, for judgements and words that the model gives. Numbers are never among
them: they are figures, so that they can be held against the text.
"""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Literal, Union, get_args, get_origin

from extract.errors import SettingsError
from extract.messages import Message
from extract.regular_files import read_regular
from schemas import Record, add_record_types, record_types

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PLAIN = (str, bool, NoneType)


def load_types(path: Path) -> tuple[str, ...]:
    """Run a Python file and make its record types known to this process.

    Args:
        path: the file. It is run as a program: load only files that you trust.

    Returns:
        The names of the types that it adds.

    Raises:
        SettingsError: the file cannot be run, holds no record type, or one that cannot be asked for.
    """
    kinds = list(_own_types(_run(path)))
    if not kinds:
        raise SettingsError(
            Message("%(path)s defines no record type.", path=path),
            hint=Message(
                "Define a subclass of schemas.Record whose `type` has a default; see examples/custom_types."
            ),
        )
    for kind in kinds:
        _refuse_unusable(kind, path)
    add_record_types(kinds)
    return tuple(kind.model_fields["type"].default for kind in kinds)


def _run(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"_own_types_{path.stem}", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise SettingsError(
            Message("%(path)s is not a Python file.", path=path),
            hint=Message("Name a .py file with --types."),
        )
    module = importlib.util.module_from_spec(spec)
    try:
        read_regular(path)  # which never ends in waiting for a pipe
        spec.loader.exec_module(module)
    except Exception as error:  # a user's program may fail in any way
        raise SettingsError(
            Message(
                "%(path)s cannot be run: %(kind)s: %(error)s.",
                path=path,
                kind=type(error).__name__,
                error=error,
            )
        ) from error
    return module


def _own_types(module: ModuleType) -> Iterator[type[Record]]:
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Record) and value.__module__ == module.__name__:
            yield value


def _refuse_unusable(kind: type[Record], path: Path) -> None:
    name = kind.model_fields["type"].default
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise SettingsError(
            Message("%(path)s: %(kind)s has no usable name in `type`.", path=path, kind=kind.__name__),
            hint=Message('Write for example: type: Literal["major_project"] = "major_project"'),
        )
    known = record_types().get(name)
    if known is not None and known.__module__ != kind.__module__:
        raise SettingsError(
            Message("%(path)s: the record type %(name)s already exists.", path=path, name=name),
            hint=Message("Give it another name."),
        )
    for field, info in kind.model_fields.items():
        if field not in Record.model_fields and not _is_plain(info.annotation):
            raise SettingsError(
                Message(
                    "%(path)s: the field %(field)s of %(name)s must be text, true or false, or one of "
                    "several words.",
                    path=path,
                    field=field,
                    name=name,
                ),
                hint=Message("Put numbers into `figures`, where they are checked against the text."),
            )


def _is_plain(annotation: object) -> bool:
    origin = get_origin(annotation)
    if origin is Literal:
        return all(isinstance(word, str) for word in get_args(annotation))
    if origin in (Union, UnionType, list):
        return all(_is_plain(part) for part in get_args(annotation))
    return annotation in _PLAIN
