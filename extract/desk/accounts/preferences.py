"""How each person likes the desk."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import delete, insert, select

from extract.desk.model import Person
from extract.desk.store import Store
from extract.desk.tables import PreferencesEntry
from extract.errors import AccountError
from extract.messages import Message


class Preferences(BaseModel):
    """How a person likes the desk; None and missing keys are the defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Literal["zh", "en"] | None = None
    theme: Literal["light", "dark"] | None = None
    keys: dict[
        Literal[
            "approve",
            "correct",
            "reject",
            "add",
            "not_a_fact",
            "acknowledge",
            "skip",
            "undo",
            "next",
            "previous",
        ],
        str,
    ] = Field(default_factory=dict, description="The key of each action: one printable character.")


def preferences_of(store: Store, person: Person) -> Preferences:
    """How a person likes the desk."""
    with store.reading() as connection:
        value = connection.scalar(select(PreferencesEntry.value).where(PreferencesEntry.user == person.name))
    try:
        return Preferences.model_validate_json(value) if value else Preferences()
    except ValidationError:  # of a version that knew other settings
        return Preferences()


def save_preferences(store: Store, person: Person, wished: Preferences) -> None:
    """Remember how a person likes the desk.

    Raises:
        AccountError: a key is no single printable character, or stands for two actions.
    """
    _check_keys({str(action): key for action, key in wished.keys.items()})
    with store.writing() as connection:
        connection.execute(delete(PreferencesEntry).where(PreferencesEntry.user == person.name))
        connection.execute(insert(PreferencesEntry).values(user=person.name, value=wished.model_dump_json()))


def _check_keys(keys: Mapping[str, str]) -> None:
    for action, key in keys.items():
        if len(key) != 1 or not key.isprintable() or key.isspace():
            raise AccountError(
                Message("The key for %(action)s must be a single visible character.", action=action),
                hint=Message("For example: a"),
            )
    if len({key.lower() for key in keys.values()}) < len(keys):
        raise AccountError(
            Message("The same key is set for two actions."), hint=Message("Give each action its own key.")
        )
