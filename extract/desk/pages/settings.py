"""What a reader sets for themselves: language, theme, keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from extract.desk.access import TheDesk, Who
from extract.desk.accounts.preferences import Preferences, preferences_of, save_preferences
from extract.desk.admission import Admitting
from extract.desk.pages.keys import DEFAULT_KEYS, doubles, usable
from extract.desk.pages.language import LANGUAGES
from extract.desk.pages.person import shell_for
from extract.desk.pages.shell import (
    LANGUAGE_COOKIE,
    THEME_COOKIE,
    THEMES,
    YEAR_SECONDS,
    go,
    local_path,
    show,
)

router = APIRouter(route_class=Admitting)


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The reader's settings.

    Attributes:
        keys: action → key, as entered.
        wrong: actions whose key cannot be taken.
        saved: whether they have just been saved.
    """

    template: ClassVar[str] = "settings.html"
    keys: Mapping[str, str]
    wrong: frozenset[str] = frozenset()
    saved: bool = False


@router.get("/settings")
def settings(request: Request, desk: TheDesk, person: Who) -> Response:
    """The settings as they are."""
    shell = shell_for(request, desk, person)
    return show(shell, SettingsPage(shell.keys))


@router.post("/settings/keys")
async def save_keys(request: Request, desk: TheDesk, person: Who) -> Response:
    """Set the keys, if each is one and no two are the same."""
    from fastapi.concurrency import run_in_threadpool

    async with request.form(max_files=0, max_fields=50) as form:
        entered = {action: str(form.get(action, "")).strip().lower()[:8] for action in DEFAULT_KEYS}
    if form.get("reset"):
        entered = dict(DEFAULT_KEYS)
    twice = doubles(entered)
    wrong = frozenset(action for action, key in entered.items() if not usable(key) or key in twice)
    if not wrong:
        liked = await run_in_threadpool(preferences_of, desk.store, person)
        changed = liked.model_copy(update={"keys": entered})
        await run_in_threadpool(save_preferences, desk.store, person, changed)
    shell = await run_in_threadpool(shell_for, request, desk, person)
    return show(shell, SettingsPage(entered, wrong, saved=not wrong), status=422 if wrong else 200)


@router.post("/settings/look")
def look(
    desk: TheDesk,
    person: Who,
    language: Annotated[str, Form(max_length=8)] = "",
    theme: Annotated[str, Form(max_length=8)] = "",
    back: Annotated[str, Form(max_length=4_000)] = "",
) -> Response:
    """Set language or theme and come back; for good, and for this browser's login page."""
    liked = preferences_of(desk.store, person)
    changes: dict[str, str | None] = {"language": language} if language in LANGUAGES else {}
    if theme in THEMES:
        changes["theme"] = None if theme == "auto" else theme
    save_preferences(desk.store, person, Preferences.model_validate(liked.model_dump() | changes))
    answer = go(local_path(back))
    remember(answer, language, theme)
    return answer


def remember(answer: RedirectResponse, language: str, theme: str) -> None:
    """Keep language and theme in this browser, for pages before the login."""
    chosen = ((LANGUAGE_COOKIE, language, LANGUAGES), (THEME_COOKIE, theme, THEMES))
    for name, value, known in chosen:
        if value in known:
            answer.set_cookie(name, value, max_age=YEAR_SECONDS, httponly=True, samesite="lax")
