"""One desk: its store, its settings, and what it keeps in memory."""

import threading
from dataclasses import dataclass, field

from extract.desk.accounts import seal, users
from extract.desk.accounts.attempts import Attempts
from extract.desk.accounts.hashing import Hashing
from extract.desk.job_queue import adopt
from extract.desk.metrics import Metrics
from extract.desk.model import Person, Role
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from extract.desk.trust import Arrival, LoginReason, login_reason
from extract.desk.worker import Worker


@dataclass(frozen=True, slots=True)
class Desk:
    """What a route needs.

    Attributes:
        store, settings: of the desk.
        secret: signs sessions and tokens.
        worker: works on uploads and watches the folder of results.
        attempts: failed logins.
        hashing: hashes passwords, few at a time.
        had_users: set once there are people who can log in; then nobody works without a login until the next start,
            even if the users are gone.
        metrics: figures for Prometheus.
    """

    store: Store
    settings: DeskSettings
    secret: bytes
    worker: Worker
    attempts: Attempts = field(default_factory=Attempts)
    hashing: Hashing = field(default_factory=Hashing)
    had_users: threading.Event = field(default_factory=threading.Event)
    metrics: Metrics = field(default_factory=Metrics)

    def login_reason(self, arrival: Arrival | None) -> LoginReason | None:
        """Why whoever sent a request has to log in; None where they are the person of this machine."""
        if not self.had_users.is_set() and users.count_users(self.store):
            self.had_users.set()
        return login_reason(self.settings.entrance, arrival, has_users=self.had_users.is_set())

    def local_person(self, arrival: Arrival) -> Person | None:
        """Who works here without a login: one person on their own machine, as long as there are no users."""
        if self.login_reason(arrival) is None:
            return Person(self.settings.local_name, Role.ADMINISTRATOR, local=True)
        return None


def open_desk(settings: DeskSettings, store: Store) -> Desk:
    """A desk on a store."""
    secret = seal.secret_of(store, settings.secret)
    seal.remember_secret(store, secret)
    adopt(store, settings.folder)
    desk = Desk(store, settings, secret, Worker(store, settings))
    desk.login_reason(None)  # users who were there at the start are not forgotten
    return desk
