"""The whole way of a reviewer, in both languages, in a real browser."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from extract.desk.pages.language import Language, language
from extract.desk.pages.words import word
from tests.desk.browser.answers import CHANGE
from tests.desk.browser.conftest import answered

WHY = "原文如此"
CORRECTED = "云澄城际铁路完成投资比例(a)"
ADDED = "有短板的小区"
DECIDED = ("approved", "corrected", "rejected", "added")


@dataclass(frozen=True)
class Reviewer:
    """A person before a browser."""

    page: Page
    address: str
    words: Language

    def queue(self, query: str = "") -> int:
        """Look at a queue; gives how many items it counts."""
        self.page.goto(f"{self.address}/queue{query}")
        return self.counted()

    def counted(self) -> int:
        """How many items this queue counts."""
        return int(re.sub(r"\D", "", self.page.locator("#total").inner_text()))

    def open_first(self) -> str:
        """Open the first item of this queue; gives its key."""
        self.page.locator(".item").first.click()
        expect(self.page).to_have_url(re.compile(r"/items/\w+"))
        return self.page.url.split("/items/")[1].split("?")[0]

    def sees_done(self, verdict: str) -> None:
        """Each save is seen to have succeeded."""
        expect(self.page.locator("#done")).to_contain_text(word(self.words, "done", verdict))

    def sees_standing(self, standing: str) -> None:
        """Where the open item stands."""
        expect(self.page.locator(".head .tag").first).to_have_text(word(self.words, "standing", standing))

    def approves_one_of_a_filter(self) -> str:
        """The filter is the address; the doubtful number is struck out; one key approves."""
        page = self.page
        found = word(self.words, "code", "period_differs")
        page.locator(".facet").get_by_role("link", name=found).click()
        expect(page).to_have_url(re.compile("code=period_differs"))
        expect(page.locator(".item")).to_have_count(1)
        key = self.open_first()
        expect(page).to_have_url(re.compile(r"\?code=period_differs"))
        expect(page.locator(".source .doubt")).to_have_text("24部")
        expect(page.locator(".source .ev").first).to_be_visible()
        page.keyboard.press("a")
        self.sees_done("approve")
        expect(page.get_by_text(self.words.say("Nothing matches these filters"))).to_be_visible()
        return key

    def corrects_one(self) -> str:
        """The key leads into the fields, is a letter there, and saves once the field is left."""
        self.queue("?code=number_not_in_quote")
        key, page = self.open_first(), self.page
        page.keyboard.press("c")
        indicator = page.locator("#f-indicator")
        expect(indicator).to_be_focused()
        page.keyboard.press("End")
        page.keyboard.type("(a)")
        expect(indicator).to_have_value(CORRECTED)
        approve = page.get_by_role("button", name=word(self.words, "verdict", "approve"))
        expect(approve).to_be_disabled()
        page.locator("#why").fill(WHY)
        page.keyboard.press("Escape")
        page.keyboard.press("c")
        self.sees_done("correct")
        return key

    def rejects_one_undoes_and_rejects_again(self) -> None:
        """The filter travels to the next item, and undo comes back to the one before."""
        contradictions = self.queue("?kind=contradiction&sort=text")
        key, page = self.open_first(), self.page
        page.keyboard.press("r")
        self.sees_done("reject")
        expect(page).to_have_url(re.compile(r"/items/\w+\?kind=contradiction&sort=text"))
        assert key not in page.url
        page.keyboard.press("u")
        self.sees_done("undo")
        expect(page).to_have_url(re.compile(f"/items/{key}"))
        self.sees_standing("flagged")
        assert self.queue("?kind=contradiction") == contradictions
        page.goto(f"{self.address}/items/{key}")
        page.keyboard.press("r")
        self.sees_done("reject")

    def adds_one(self) -> tuple[str, int]:
        """A record from a number that none claims; gives its key and how many such numbers are left."""
        numbers = self.queue("?kind=number")
        key, page = self.open_first(), self.page
        page.locator("#f-indicator").fill(ADDED)
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        self.sees_done("add")
        left = self.queue("?kind=number")
        assert left == numbers - 1
        return key, left

    def approves_many(self) -> None:
        """The count is shown before, and is what is decided."""
        rest = self.queue("?kind=contradiction&kind=record")
        page = self.page
        page.get_by_role("link", name=self.words.say("Approve all…")).click()
        expect(page.locator("#count")).to_have_text(str(rest))
        page.get_by_role("button", name=re.compile(word(self.words, "verdict", "approve"))).click()
        expect(page.locator("#done")).to_contain_text(str(rest))

    def exports(self) -> list[dict[str, str]]:
        """The table of what people approved, as it is downloaded."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=self.words.say("Export approved")).click()
        table = Path(download.value.path()).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(table)))

    def counts(self) -> dict[str, int]:
        """How many items stand where."""
        return {standing: self.queue(f"?state={standing}") for standing in DECIDED}

    def waits_for_the_run(self) -> None:
        """Look at the queue until the new results are in it."""
        for _ in range(60):
            if self.queue("?state=check_again"):
                return
            self.page.wait_for_timeout(250)
        raise AssertionError("the new results never came")


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_reviewer_walks_the_whole_way(
    code: str, open_page: Callable[..., Page], address: str, results: Path
) -> None:
    """Open, filter, approve, correct, reject, undo, add, approve many, export; a re-run with one other answer
    reopens that one item, and every other decision stands.
    """
    page = open_page(code)
    reviewer = Reviewer(page, address, language(code))
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(reviewer.words.say("Queue"))
    everything = reviewer.counted()

    approved = reviewer.approves_one_of_a_filter()
    corrected = reviewer.corrects_one()
    reviewer.rejects_one_undoes_and_rejects_again()
    added, numbers = reviewer.adds_one()
    reviewer.approves_many()
    left = numbers + reviewer.queue("?kind=report_issue")
    assert sum(reviewer.counts().values()) == everything - left
    assert reviewer.queue() == left

    rows = reviewer.exports()
    assert {"补上去年欠账既有住宅加装电梯", ADDED} <= {row["indicator"] for row in rows}
    assert all(row["reviewer"] for row in rows)

    before = reviewer.counts()
    answered(results, *CHANGE)
    reviewer.waits_for_the_run()
    expect(page.locator(".item")).to_have_count(1)
    assert reviewer.open_first() == approved
    reviewer.sees_standing("check_again")
    expect(page.locator(".history")).to_contain_text(word(reviewer.words, "done", "approve"))
    assert reviewer.counts() == before | {"approved": before["approved"] - 1}
    page.goto(f"{address}/items/{corrected}")
    expect(page.locator("#f-indicator")).to_have_value(CORRECTED)
    expect(page.locator(".history")).to_contain_text(WHY)
    page.goto(f"{address}/items/{added}")
    reviewer.sees_standing("added")
