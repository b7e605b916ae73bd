"""How a desk is set up, and whether it may listen where it is told to."""

from dataclasses import dataclass, field
from pathlib import Path

from extract.config import Settings
from extract.desk.addresses import Network, Site, is_loopback, site_typed
from extract.desk.trust import ADD_AN_ADMINISTRATOR, WITHOUT_USERS, Entrance, LoginReason, login_reason
from extract.documents.readers.bounds import Allowance
from extract.engines.llm.money import Limits
from extract.errors import SettingsError
from extract.messages import Message

RULES, LLM = "rules", "llm"
SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Model:
    """The language model that may read uploads.

    Attributes:
        settings: its name, endpoint and manners.
        key: of the endpoint.
        limits: what one upload may spend.
    """

    settings: Settings
    key: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """One desk.

    Attributes:
        folder: of results; uploads go below it.
        store_url: of the store.
        host, port: where it listens.
        secret: signs what browsers and programs hold; empty where nobody logs in.
        origin: how people reach it (`https://desk.example.org`) where that is not `http://host:port`.
        proxies: whose `X-Forwarded-For` is believed.
        local_name: who decides where nobody logs in.
        claim_seconds: so long an open item is kept for who opened it.
        session_seconds: so long a login lasts.
        max_bytes: of one uploaded file.
        max_files: of one upload.
        allowance: what one uploaded file may take.
        processes: so many processes read uploaded reports.
        watch: take in what runs at the command line write, and work on uploads.
        model: what reads uploads unless they ask for the rules; None where only the rules do.
    """

    folder: Path
    store_url: str
    host: str = "127.0.0.1"
    port: int = 8750
    secret: str = ""
    origin: str = ""
    proxies: tuple[Network, ...] = ()
    local_name: str = "local"
    claim_seconds: float = 600.0
    session_seconds: float = 14 * 3600.0
    max_bytes: int = 20_000_000
    max_files: int = 50
    allowance: Allowance = field(default_factory=lambda: Allowance(always_apart=True))
    processes: int = 2
    watch: bool = True
    model: Model | None = None

    def __post_init__(self) -> None:
        if self.origin and not self.site:
            raise SettingsError(
                Message("--origin must look like https://desk.example.org"),
                hint=Message("Give no path."),
            )

    @property
    def engines(self) -> tuple[str, ...]:
        """What can read uploads; the first does where nothing else is asked for."""
        return (LLM, RULES) if self.model else (RULES,)

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine reaches it."""
        return is_loopback(self.host)

    @property
    def site(self) -> Site | None:
        """Where its pages come from, as browsers see it; None where that was not said."""
        return site_typed(self.origin)

    @property
    def entrance(self) -> Entrance:
        """How it is reached."""
        return Entrance(self.host, self.origin, bool(self.proxies))


def refuse_unsafe(settings: DeskSettings, users: int) -> None:
    """Refuse to start where others could come in without a login, or logins could be forged.

    Args:
        settings: of the desk; `host` may be the address that it was given by the system.
        users: how many can log in.

    Raises:
        SettingsError: it must not start so.
    """
    reason = login_reason(settings.entrance, None, has_users=False)
    if reason is None:
        return
    if not users:
        raise SettingsError(
            Message("A desk on %(host)s can be reached by others, but it has no users.", host=settings.host)
            if reason is LoginReason.BIND_ADDRESS
            else Message("The desk has no users. %(reason)s", reason=WITHOUT_USERS[reason]),
            hint=ADD_AN_ADMINISTRATOR,
        )
    if not settings.on_loopback and len(settings.secret) < SHORTEST_SECRET:
        raise SettingsError(
            Message(
                "A desk on %(host)s needs a secret of at least %(least)s characters.",
                host=settings.host,
                least=SHORTEST_SECRET,
            ),
            hint=Message("Set one with: export EXTRACT_DESK_SECRET=$(openssl rand -hex 32)"),
        )
