"""What every page shares, and how a page becomes an answer."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any, ClassVar, Final, Protocol
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from extract.desk.model import Person, Verdict
from extract.desk.pages.event_changes import event_changes
from extract.desk.pages.keys import DEFAULT_KEYS, in_force
from extract.desk.pages.language import DEFAULT, LANGUAGES, Language, language, preferred
from extract.desk.pages.words import facet_word, type_word, word

LANGUAGE_COOKIE: Final = "desk_language"
THEME_COOKIE: Final = "desk_theme"
NOTICE_COOKIE: Final = "desk_notice"
THEMES: Final = ("auto", "light", "dark")
YEAR_SECONDS: Final = 31_536_000
NOTICE_SECONDS: Final = 120
NOTICE: Final = re.compile(r"([a-z_]{2,12})\.([A-Za-z0-9_-]{1,80})\.(\d{1,12})")


class Page(Protocol):
    """A page: a frozen dataclass with all that its template shows."""

    template: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Notice:
    """What was done on the page before.

    Attributes:
        verdict: of the decision; `bulk` for many at once.
        key: of the item, or the batch.
        number: the version of the item after it, or how many were decided.
    """

    verdict: str
    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page shares.

    Attributes:
        language: of the words.
        theme: `auto`, `light` or `dark`.
        person: who reads; None where nobody has logged in.
        address: path and query of the page, to come back to.
        keys: action → key.
        notice: what was done on the page before.
    """

    language: Language
    theme: str = "auto"
    person: Person | None = None
    address: str = "/"
    keys: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT_KEYS))
    notice: Notice | None = None

    @property
    def path(self) -> str:
        """The address without its query."""
        return self.address.partition("?")[0]


def shell_of(
    request: Request,
    person: Person | None = None,
    *,
    chosen: str | None = None,
    theme: str | None = None,
    keys: Mapping[str, str] | None = None,
) -> Shell:
    """The shell for a request.

    Args:
        request: its cookies and headers are read.
        person: who asks.
        chosen: language that the person has set for good; without it the cookies of this browser count.
        theme: the same.
        keys: action → key, the same.
    """
    cookies = request.cookies
    theme = theme or cookies.get(THEME_COOKIE, "auto")
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Shell(
        language=language(
            preferred(chosen or cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language"))
        ),
        theme=theme if theme in THEMES else "auto",
        person=person,
        address=address,
        keys=in_force(keys or {}),
        notice=_notice(cookies.get(NOTICE_COOKIE, "")),
    )


def show(shell: Shell, page: Page, *, status: int = 200) -> Response:
    """A page as an answer."""
    template = environment(shell.language.code).get_template(page.template)
    html = template.render(page=page, shell=shell, token=secrets.token_urlsafe(18))
    answer = HTMLResponse(html, status_code=status)
    answer.headers["Content-Language"] = shell.language.tag
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    if shell.notice:
        answer.delete_cookie(NOTICE_COOKIE)
    return answer


def go(address: str, notice: Notice | None = None) -> RedirectResponse:
    """An answer that leads to another page, which says what was done."""
    answer = RedirectResponse(address, status_code=303)
    if notice:
        text = f"{notice.verdict}.{notice.key}.{notice.number}"
        answer.set_cookie(NOTICE_COOKIE, text, max_age=NOTICE_SECONDS, httponly=True, samesite="strict")
    return answer


def _notice(text: str) -> Notice | None:
    found = NOTICE.fullmatch(text)
    if not found or found[1] not in {"bulk", *Verdict}:
        return None
    return Notice(found[1], found[2], int(found[3]))


def local_path(address: str | None) -> str:
    """An address of this service to go back to; the queue where it is none."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/queue"
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(sign) < 32 for sign in address) or "\\" in address:
        return "/queue"
    return address


@cache
def asset(name: str) -> str:
    """The address of a file of ours, which changes with its content, so that browsers may keep it for good."""
    content = (resources.files("extract.desk") / "static" / name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:10]}"


@cache
def environment(code: str) -> Environment:
    """The templates in one language. Everything that is put into them is escaped."""
    speaks = language(code)
    made = Environment(
        loader=PackageLoader("extract.desk", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        speaks.translations.gettext, speaks.translations.ngettext, newstyle=True
    )
    made.globals |= _globals(speaks)
    return made


def _globals(speaks: Language) -> dict[str, Any]:
    return {
        "languages": {code: (tag, name) for code, (_, tag, name) in LANGUAGES.items()},
        "default_language": DEFAULT,
        "themes": THEMES,
        "number": speaks.number,
        "percent": speaks.percent,
        "moment": speaks.moment,
        "since": speaks.since,
        "word": lambda group, value: word(speaks, group, value),
        "type_word": lambda name: type_word(speaks, name),
        "decimal": lambda value: speaks.number(round(Decimal(str(value)), 2)),
        "day": speaks.day,
        "asset": asset,
        "value_word": lambda facet, value, label: facet_word(speaks, facet, value, label),
        "event_changes": lambda event: event_changes(event, speaks),
        "told": speaks.told,
        "say_issue": lambda issue: speaks.one_of(issue.message, issue.message_en),
    }
