"""The whole way of a reviewer, in both languages, in a real browser."""

import csv
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from extract.desk.pages.language import language
from extract.desk.pages.words import word

WHY = "原文如此"


def open_items(page: Page) -> int:
    """How many items the queue counts."""
    return int(re.sub(r"\D", "", page.locator("#total").inner_text()))


def open_item(page: Page) -> str:
    """Open the first item of the queue; gives its key."""
    page.locator(".item").first.click()
    expect(page).to_have_url(re.compile(r"/items/\w+"))
    return page.url.split("/items/")[1].split("?")[0]


def queue_count(page: Page, address: str, query: str) -> int:
    """How many items a filter holds."""
    page.goto(f"{address}/queue{query}")
    return open_items(page)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_reviewer_walks_the_whole_way(
    code: str, open_page: Callable[..., Page], address: str, results: Path, answered_otherwise: Path
) -> None:
    """Open, filter, correct, approve, reject, undo, add, approve many, export; a re-run with one other answer
    reopens that one item, and every other decision stands.
    """
    words = language(code)
    page = open_page(code)

    def standing(name: str) -> str:
        return word(words, "standing", name)

    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(words.say("Queue"))
    everything = open_items(page)
    assert everything == 13

    # filter: what a pairing check has found; the filter is the address and travels along
    page.locator(".facet").get_by_role("link", name=word(words, "code", "pairing_differs")).click()
    expect(page).to_have_url(re.compile("code=pairing_differs"))
    expect(page.locator(".item")).to_have_count(1)
    approved = open_item(page)
    expect(page).to_have_url(re.compile(r"\?code=pairing_differs"))
    expect(page.locator(".source .doubt")).to_have_text("24部")
    expect(page.locator(".source .ev").first).to_be_visible()

    # approve with one key; the filter is empty then, and says so
    page.keyboard.press("a")
    expect(page.locator("#done")).to_contain_text(word(words, "done", "approve"))
    expect(page.get_by_text(words.say("Nothing matches these filters"))).to_be_visible()

    # correct: the key leads into the fields, there it is a letter, and the form is saved with a reason
    page.goto(f"{address}/queue?code=number_not_in_quote")
    corrected = open_item(page)
    page.keyboard.press("c")
    indicator = page.locator("#f-indicator")
    expect(indicator).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("(a)")
    expect(indicator).to_have_value("云澄城际铁路完成投资比例(a)")
    expect(page.get_by_role("button", name=word(words, "verdict", "approve"))).to_be_disabled()
    page.locator("#why").fill(WHY)
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#done")).to_contain_text(word(words, "done", "correct"))

    # reject one, see the next of the filter, and take it back from there
    page.goto(f"{address}/queue?kind=contradiction&sort=text")
    contradictions = open_items(page)
    rejected = open_item(page)
    page.keyboard.press("r")
    expect(page.locator("#done")).to_contain_text(word(words, "done", "reject"))
    expect(page).to_have_url(re.compile(r"/items/\w+\?kind=contradiction&sort=text"))
    assert rejected not in page.url
    page.keyboard.press("u")
    expect(page.locator("#done")).to_contain_text(word(words, "done", "undo"))
    expect(page).to_have_url(re.compile(f"/items/{rejected}"))
    expect(page.locator(".head .tag").first).to_have_text(standing("flagged"))
    assert queue_count(page, address, "?kind=contradiction") == contradictions
    page.goto(f"{address}/items/{rejected}")
    page.keyboard.press("r")
    expect(page.locator("#done")).to_contain_text(word(words, "done", "reject"))

    # add a record from a number that none claims
    page.goto(f"{address}/queue?kind=number")
    numbers = open_items(page)
    added = open_item(page)
    page.locator("#f-indicator").fill("有短板的小区")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("#done")).to_contain_text(word(words, "done", "add"))
    assert queue_count(page, address, "?kind=number") == numbers - 1

    # approve the rest of what can be approved at once: the count is shown, then decided on the server
    page.goto(f"{address}/queue?kind=contradiction&kind=record")
    rest = open_items(page)
    page.get_by_role("link", name=words.say("Approve all…")).click()
    expect(page.locator("#count")).to_have_text(str(rest))
    page.get_by_role("button", name=re.compile(word(words, "verdict", "approve"))).click()
    expect(page.locator("#done")).to_contain_text(str(rest))
    decided = queue_count(page, address, "?state=any") - queue_count(page, address, "?state=verified")
    decided -= queue_count(page, address, "")
    assert decided == everything - (numbers - 1)

    # export what people approved
    with page.expect_download() as download:
        page.get_by_role("link", name=words.say("Export approved")).click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    indicators = {row["indicator"] for row in rows}
    assert "既有住宅加装电梯" in indicators
    assert "有短板的小区" in indicators
    assert all(row["reviewer"] for row in rows)

    # the model is asked again and says one thing otherwise
    before = {
        name: queue_count(page, address, f"?state={name}")
        for name in ("approved", "corrected", "rejected", "added")
    }
    for path in answered_otherwise.glob("*.json"):
        shutil.copy(path, results)
    for _ in range(60):
        if queue_count(page, address, "?state=check_again"):
            break
        page.wait_for_timeout(250)
    expect(page.locator(".item")).to_have_count(1)
    assert open_item(page) == approved
    expect(page.locator(".head .tag").first).to_have_text(standing("check_again"))
    expect(page.locator(".history")).to_contain_text(word(words, "done", "approve"))
    after = {name: queue_count(page, address, f"?state={name}") for name in before}
    assert after == before | {"approved": before["approved"] - 1}
    page.goto(f"{address}/items/{corrected}")
    expect(page.locator("#f-indicator")).to_have_value("云澄城际铁路完成投资比例(a)")
    expect(page.locator(".history")).to_contain_text(WHY)
    page.goto(f"{address}/items/{added}")
    expect(page.locator(".head .tag").first).to_have_text(standing("added"))
