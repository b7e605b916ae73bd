"""How a desk is set up, and whether it may listen where it is told to."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from extract.config import Settings
from extract.documents.readers.bounds import Allowance
from extract.engines.llm.money import Limits
from extract.errors import SettingsError
from extract.messages import Message

RULES, LLM = "rules", "llm"
SHORTEST_SECRET = 32
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


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
        parts = urlsplit(self.origin)
        if self.origin and (
            parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")
        ):
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
    def netloc(self) -> str:
        """The name and port by which people reach it, where that was said."""
        return urlsplit(self.origin).netloc.lower()


def is_loopback(host: str) -> bool:
    """Whether an address is that of this machine alone."""
    try:
        return host in LOCAL_NAMES or ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_unsafe(settings: DeskSettings, users: int) -> None:
    """Refuse to listen where others could come in without a login, or logins could be forged.

    Args:
        settings: of the desk.
        users: how many can log in.

    Raises:
        SettingsError: it must not listen there.
    """
    if settings.on_loopback:
        return
    if not users:
        raise SettingsError(
            Message("A desk on %(host)s can be reached by others, but it has no users.", host=settings.host),
            hint=Message("Add an administrator first: extract desk user add NAME --role administrator"),
        )
    if len(settings.secret) < SHORTEST_SECRET:
        raise SettingsError(
            Message(
                "A desk on %(host)s needs a secret of at least %(least)s characters.",
                host=settings.host,
                least=SHORTEST_SECRET,
            ),
            hint=Message("Set one with: export EXTRACT_DESK_SECRET=$(openssl rand -hex 32)"),
        )
