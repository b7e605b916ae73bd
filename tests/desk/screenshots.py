"""Draw the pictures of the desk that stand in the README: `python -m tests.desk.screenshots [FOLDER]`.

The results are those of the recorded answers on `examples/`; three invented reviewers have decided on some of them.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from extract.desk.decisions import Decision, decide
from extract.desk.doubled import set_double_share
from extract.desk.filters import parse_filter
from extract.desk.ingest import Taking, sync
from extract.desk.items import item
from extract.desk.listing import queue
from extract.desk.model import Person, Role, Verdict
from extract.desk.store import Store, default_url, open_store
from tests.desk.browser.answers import answer
from tests.desk.browser.serving import CHROMIUM, ROOT, desk, launched

FOLDER = ROOT / "docs" / "desk"
PEOPLE = tuple(Person(name, Role.REVIEWER) for name in ("lin", "zhou", "anna"))
DAYS = (3, 9, 14, 11, 17, 22, 8)
DAY_SECONDS = 86_400.0
OTHER_CATEGORY = "民生"
NOW = 1_767_168_000.0
"""A moment; the pictures do not change with the day on which they are drawn."""


def decided(store: Store) -> None:
    """Some days of work: approvals above all, some corrections and rejections, some of it by two people."""
    flagged = queue(store, parse_filter([("kind", "contradiction")]), PEOPLE[0]).rows[:3]
    rows = (
        *flagged,
        *queue(store, parse_filter([("state", "verified"), ("sort", "text")]), PEOPLE[0]).rows[:45],
    )
    number = 0
    for day, count in enumerate(DAYS):
        for _ in range(count):
            row = rows[number % len(rows)]
            person = PEOPLE[(2 * (number // len(rows)) + number) % len(PEOPLE)]
            now = item(store, row.key, person)
            place = number % len(rows)
            verdict = Verdict.REJECT if place % 9 == 4 or number == len(rows) else Verdict.APPROVE
            changes = None
            if place % 7 == 3 and now.current and now.current.category != OTHER_CATEGORY:
                verdict, changes = Verdict.CORRECT, {"category": OTHER_CATEGORY}
            wish = Decision(row.key, verdict, now.row.version, changes=changes)
            decide(store, wish, person, NOW - DAY_SECONDS * (len(DAYS) - day) + number)
            number += 1


def draw(browser: Browser, address: str, folder: Path) -> None:
    """One picture a page."""
    shots = (
        ("queue-zh", "/queue", "zh-CN", "light", 1440, 860),
        ("item-zh", "/queue?code=period_differs", "zh-CN", "light", 1440, 860),
        ("report-en", "/reports/yunzhou-2025#s3", "en-GB", "light", 1440, 860),
        ("overview-en", "/overview", "en-GB", "dark", 1440, 860),
        ("item-small-zh", "/queue?code=period_differs", "zh-CN", "dark", 360, 740),
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, path, locale, colours, width, height in shots:
        context = browser.new_context(
            locale=locale,
            color_scheme="dark" if colours == "dark" else "light",
            viewport={"width": width, "height": height},
        )
        page = context.new_page()
        page.goto(address + path)
        if name.startswith("item"):
            page.locator(".item").first.click()
            page.locator(".verdicts").wait_for()
        page.wait_for_timeout(600)
        page.screenshot(path=str(folder / f"{name}.png"))
        context.close()


def main() -> None:
    """Run, decide, draw."""
    if not CHROMIUM.is_file():
        sys.exit("Debian's chromium is missing: make services, as root")
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "out"
        answer(out)
        store = open_store(default_url(out))
        set_double_share(store, 0.4)
        sync(store, Taking(out, NOW))
        decided(store)
        store.close()
        with desk(out) as address, sync_playwright() as playwright:
            browser = launched(playwright)
            draw(browser, address, folder)
            browser.close()


if __name__ == "__main__":
    main()
