"""One desk: its store, its settings, and what it keeps in memory."""

from dataclasses import dataclass, field

from extract.desk.accounts import seal, sessions, users
from extract.desk.job_queue import adopt
from extract.desk.metrics import Metrics
from extract.desk.model import Person, Role
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from extract.desk.worker import Worker


@dataclass(frozen=True, slots=True)
class Desk:
    """What a route needs.

    Attributes:
        store, settings: of the desk.
        secret: signs sessions and tokens.
        worker: works on uploads and watches the folder of results.
        attempts: failed logins.
        metrics: figures for Prometheus.
    """

    store: Store
    settings: DeskSettings
    secret: bytes
    worker: Worker
    attempts: sessions.Attempts = field(default_factory=sessions.Attempts)
    metrics: Metrics = field(default_factory=Metrics)

    def local_person(self) -> Person | None:
        """Who works here without a login: one person on their own machine, as long as there are no users."""
        if self.settings.on_loopback and not users.count_users(self.store):
            return Person(self.settings.local_name, Role.ADMINISTRATOR, local=True)
        return None


def open_desk(settings: DeskSettings, store: Store) -> Desk:
    """A desk on a store."""
    secret = seal.secret_of(store, settings.secret)
    seal.remember_secret(store, secret)
    adopt(store, settings.folder)
    return Desk(store, settings, secret, Worker(store, settings))
