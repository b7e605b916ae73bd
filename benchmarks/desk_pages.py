"""`python -m benchmarks.desk_pages [--times 9]`: how soon a long report stands in the browser.

A report of 60,000 characters with some 2,000 numbers, in Debian's Chromium, from the click to the load event. Server,
browser and this program share the machine; the processor time of the page, which other work does not stretch, stands
beside the time on the clock.
"""

import argparse
import json
import os
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.desk.browser.long_report import REPORT, long_results
from tests.desk.browser.serving import desk, launched

TARGET_MS = 1000
TIMES = (
    "(() => { const one = performance.getEntriesByType('navigation')[0];"
    " return [one.responseEnd, one.loadEventEnd]; })()"
)


def opened(page: Page, address: str, times: int) -> tuple[float, float, float]:
    """Open a page so many times.

    Returns:
        The median milliseconds to the whole answer, to the load event, and of processor time in the browser.
    """
    seen = []
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    for _ in range(times):
        page.goto(address, wait_until="load")
        page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
        metrics = session.send("Performance.getMetrics")["metrics"]
        spent = next(one["value"] for one in metrics if one["name"] == "TaskDuration")
        seen.append((*page.evaluate(TIMES), spent * 1000))
    session.detach()
    answered, loaded, spent = zip(*seen, strict=True)
    return median(answered), median(loaded), median(spent)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk_pages", description=__doc__)
    parser.add_argument("--times", type=int, default=9, help="how often each page is opened (9)")
    times = parser.parse_args().times
    with TemporaryDirectory(prefix="desk-pages-") as temporary:
        out = long_results(Path(temporary))
        result = json.loads((out / f"{REPORT}.json").read_text(encoding="utf-8"))
        with desk(out) as address, sync_playwright() as playwright:
            browser = launched(playwright)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{address}/queue?state=any&sort=text")
            first = page.locator(".item").nth(20).get_attribute("href") or ""
            span = result["report"]["end"] - result["report"]["start"]
            print(
                f"{span:,} characters, {len(result['ledger']):,} numbers, {len(result['records']):,} records"
            )
            print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            for name, path in (("report", f"/reports/{REPORT}"), ("item", first), ("queue", "/queue")):
                answered, loaded, spent = opened(page, address + path, times)
                print(
                    f"{name:7} answer {answered:6.0f} ms   loaded {loaded:6.0f} ms (target {TARGET_MS} ms)   "
                    f"processor time in the browser {spent:6.0f} ms"
                )
            browser.close()


if __name__ == "__main__":
    main()
