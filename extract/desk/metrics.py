"""Figures for Prometheus: requests, decisions, items and jobs."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select

from extract.desk.store import Store
from extract.desk.tables import EventEntry, ItemEntry, JobEntry

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """The figures of one desk."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "desk_requests",
            "Answers by route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "desk_request_seconds",
            "Time until an answer was sent.",
            ["route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.items = Gauge("desk_items", "Items by standing.", ["standing"], registry=self.registry)
        self.decisions = Gauge("desk_decisions", "Decisions by verdict.", ["verdict"], registry=self.registry)
        self.jobs = Gauge("desk_jobs", "Uploads by state.", ["state"], registry=self.registry)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer; the route is a pattern of ours, never the address, and a method that is none is `OTHER`.

        Each label stays for as long as the desk runs, so that none may hold what a request says of itself.
        """
        self.requests.labels(method if method in METHODS else OTHER, route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def text(self, store: Store) -> bytes:
        """All figures in the format of Prometheus; what the store holds is counted now."""
        with store.reading() as connection:
            for gauge, column in (
                (self.items, ItemEntry.standing),
                (self.decisions, EventEntry.verdict),
                (self.jobs, JobEntry.state),
            ):
                gauge.clear()
                for value, count in connection.execute(select(column, func.count()).group_by(column)):
                    gauge.labels(value).set(count)
        return generate_latest(self.registry)
