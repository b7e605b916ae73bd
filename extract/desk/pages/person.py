"""The shell for a person, with what they have set for good."""

from fastapi import Request

from extract.desk.accounts.preferences import preferences_of
from extract.desk.desk import Desk
from extract.desk.model import Person
from extract.desk.pages.shell import Shell, shell_of


def shell_for(request: Request, desk: Desk, person: Person) -> Shell:
    """The shell of a page for a person who is known."""
    liked = preferences_of(desk.store, person)
    return shell_of(request, person, chosen=liked.language, theme=liked.theme, keys=dict(liked.keys.items()))
