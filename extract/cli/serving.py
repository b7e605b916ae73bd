"""How the commands of the desk find its folder and store, and how it is served."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract.cli.llm_options import Asked, merged, refuse_without_model
from extract.cli.terminal import note
from extract.config import SECRET_VARIABLE, Settings, api_key, desk_secret, load_settings
from extract.desk.addresses import is_among, is_loopback, proxies_in
from extract.desk.settings import LLM, RULES, DeskSettings, Model, refuse_unsafe
from extract.desk.store import Store, default_url, open_store
from extract.documents.readers.bounds import Allowance
from extract.errors import SettingsError, UsageError
from extract.messages import Message, count

if TYPE_CHECKING:
    from socket import socket

NO_TEXT_HINT = Message(
    "Put the sources back where the run read them, or start the desk in the folder in which the run was started."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What `extract desk` was asked; None where an option was not given.

    Attributes:
        engine: what reads uploads, and what of the command line speaks of a model.
    """

    out: Path | None
    store: str | None
    host: str
    port: int
    origin: str
    forwarded_allow_ips: str
    double_review: float | None
    browser: bool
    engine: str = "rules"
    asked: Asked = field(default_factory=lambda: Asked({}))


@contextmanager
def opened_store(store: str | None, out: Path | None) -> Iterator[Store]:
    """The store of a desk.

    Args:
        store: its address; without it that of the settings, else the file in the folder of results.
        out: the folder; without it that of the settings.

    Raises:
        StoreError: it cannot be opened.
    """
    opened = open_store(store_url(store, out))
    try:
        yield opened
    finally:
        opened.close()


def store_url(store: str | None, out: Path | None) -> str:
    """The address of a store, as in `opened_store`."""
    settings = load_settings(Path.cwd(), os.environ)
    return store or settings.desk_store or default_url(out or Path(settings.out))


def desk_secret_of(store: Store) -> bytes:
    """What signs the tokens of a desk: the secret of the environment, else that of the store.

    Raises:
        SettingsError: the desk would not take a token that was signed so.
    """
    from extract.desk.accounts.seal import secret_of, signs_with

    given = desk_secret(os.environ)
    secret = secret_of(store, given)
    fits = signs_with(store, secret)
    if fits is False or (fits is None and not given):
        raise SettingsError(
            Message(
                "The desk would not take this token: %(variable)s is not that of the desk.",
                variable=SECRET_VARIABLE,
            )
            if given
            else Message(
                "The desk would not take this token: %(variable)s is not set.", variable=SECRET_VARIABLE
            ),
            hint=Message(
                "Set %(variable)s to the value that the desk was started with. A desk on this "
                "machine without one has to be started once first.",
                variable=SECRET_VARIABLE,
            ),
        )
    return secret


def serve(wish: Wish) -> int:
    """Serve a desk until it is told to end.

    Returns:
        The exit code.

    Raises:
        UsageError: it must not or cannot listen there, or there is nothing to show.
    """
    import getpass

    settings = load_settings(Path.cwd(), os.environ)
    folder = wish.out or Path(settings.out)
    url = store_url(wish.store, wish.out)
    if wish.out is not None and not folder.is_dir() and not (wish.store or settings.desk_store):
        raise UsageError(
            Message("%(folder)s is not a folder of results.", folder=folder),
            hint=Message("Make one with: extract run SOURCES --out FOLDER"),
        )
    desk_settings = DeskSettings(
        folder=folder.absolute(),  # what is told to everybody knows paths by their beginning
        store_url=url,
        host=wish.host,
        port=wish.port,
        secret=desk_secret(os.environ),
        origin=wish.origin,
        proxies=proxies_in(wish.forwarded_allow_ips),
        local_name=_own_name(getpass.getuser),
        max_bytes=settings.max_bytes,
        allowance=Allowance(
            settings.max_seconds, settings.max_memory, settings.max_result, always_apart=True
        ),
        model=_model(wish, settings),
    )
    with opened_store(wish.store, wish.out) as store:
        from extract.desk.accounts.users import count_users
        from extract.desk.doubled import set_double_share

        if wish.double_review is not None:
            set_double_share(store, wish.double_review)
        refuse_unsafe(desk_settings, count_users(store))
        return _serve(desk_settings, store, browser=wish.browser)


def _model(wish: Wish, settings: Settings) -> Model | None:
    """The model that is to read uploads; None for the rules.

    Raises:
        UsageError: no such engine, no model, no key, or a limit of cost without a price.
    """
    if wish.engine == RULES:
        refuse_without_model(wish.asked, wish.engine)
        return None
    if wish.engine != LLM:
        raise UsageError(
            Message("There is no engine %(name)s.", name=wish.engine),
            hint=Message("Choose --engine %(rules)s or --engine %(llm)s.", rules=RULES, llm=LLM),
        )
    from extract.engines.llm.money import Budget, Limits
    from extract.runs.asking import make_engine, require_key

    settings, key = merged(settings, wish.asked), api_key(os.environ)
    limits = Limits(wish.asked.max_cost, wish.asked.max_tokens)
    make_engine(settings)
    require_key(settings, key)
    Budget(limits, settings.prices.get(settings.model))
    return Model(settings, key, limits)


def _own_name(ask) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """The name of this machine's account; some systems have none."""
    try:
        return str(ask())
    except (OSError, KeyError, ImportError):
        return "local"


def _serve(settings: DeskSettings, store: Store, *, browser: bool) -> int:
    from extract.desk.accounts.users import count_users
    from extract.desk.app import create_app, desk_of
    from extract.desk.connections import Room, bounds_here
    from extract.desk.reports import report_list
    from extract.desk.server import serve as serve_app

    with _listening(settings) as listening:
        refuse_unsafe(replace(settings, host=listening.getsockname()[0]), count_users(store))
        app = create_app(settings, store)
        synced = desk_of(app).worker.sync()
        for loose in store.loose:
            note(
                Message(
                    "Other accounts of this machine can read %(path)s, which belongs to somebody else. Its owner closes "
                    "it with: chmod go-rwx",
                    path=loose,
                )
            )
        if settings.on_loopback and settings.origin and not settings.proxies:
            note(
                Message(
                    "Failed logins of everybody count together, because no proxy is believed: somebody who guesses "
                    "passwords can keep others from logging in. If the proxy sends X-Forwarded-For, name its address: "
                    "--forwarded-allow-ips 127.0.0.1"
                )
            )
        for said in synced.problems:
            note(said)
        for path, name in synced.renamed:
            note(
                Message(
                    "%(path)s is shown as %(name)s, because another folder in the store has a report of "
                    "the same name.",
                    path=path,
                    name=name,
                )
            )
        if lacking := len(synced.without_text):
            note(
                count(
                    "The source text of %(num)s report was not found; only its records can be shown. %(advice)s",
                    "The source texts of %(num)s reports were not found; only their records can be shown. %(advice)s",
                    lacking,
                    advice=NO_TEXT_HINT,
                )
            )
        reports = report_list(store)
        port = listening.getsockname()[1]
        address = settings.origin or f"http://{_in_url(settings.host)}:{port}"
        open_items = sum(one.open for one in reports)
        note(
            Message(
                "%(reports)s, %(items)s. The desk is at %(address)s",
                reports=count("%(num)s report", "%(num)s reports", len(reports)),
                items=count("%(num)s item to review", "%(num)s items to review", open_items),
                address=address,
            )
        )
        note(Message("Press Ctrl-C to stop. Every decision is saved at once."))
        if browser and sys.stdout.isatty() and settings.on_loopback:
            import threading
            import webbrowser

            threading.Timer(0.5, webbrowser.open, [address]).start()
        serve_app(app, [listening], Room(bounds_here(), partial(_is_proxy, settings)))
    return 0


def _is_proxy(settings: DeskSettings, address: str) -> bool:
    """Whether connections from an address are those of a proxy, which has as many as there are browsers."""
    return is_among(address, settings.proxies) or (bool(settings.origin) and is_loopback(address))


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextmanager
def _listening(settings: DeskSettings) -> "Iterator[socket]":
    """A socket that listens where the settings say.

    Raises:
        UsageError: the address is taken, or none of this machine.
    """
    import socket

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        if sys.platform == "win32":  # where SO_REUSEADDR lets two programs listen in one place
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
            listening.listen(2048)
        except OSError as error:
            raise UsageError(
                Message(
                    "The desk cannot listen on %(host)s:%(port)s: %(reason)s.",
                    host=settings.host,
                    port=settings.port,
                    reason=error.strerror or error,
                ),
                hint=Message(
                    "It may already be running. Otherwise choose another --port, or --port 0 for any "
                    "free one."
                ),
            ) from error
        yield listening
