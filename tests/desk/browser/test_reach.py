"""Who can use the pages: with a small screen, with the keyboard alone, with a screen reader."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

LARGE = ("/queue", "/reports/yunzhou-2025", "/overview", "/settings")
SMALL = ("/queue", "/reports", "/overview", "/jobs", "/login", "/bulk/approve", "/no-such-page")


def check(page: Page, width: int) -> None:
    """No rule for screen readers is broken, colours can be told apart, and nothing is wider than the screen."""
    found = Axe().run(page).response
    assert found["passes"], "the rules were really held against the page"
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_pages_are_usable_on_a_large_light_and_a_small_dark_screen(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """Chinese at 1440 pixels in light colours, English at 360 in dark ones."""
    for language, width, dark, paths in (("zh", 1440, False, LARGE), ("en", 360, True, SMALL)):
        page = open_page(language, width=width, height=780, dark=dark)
        for path in paths:
            page.goto(shared_address + path)
            check(page, width)
        page.goto(f"{shared_address}/queue")
        page.locator(".item").first.click()
        expect(page.locator(".pane.source")).to_be_visible()
        check(page, width)


def test_the_keyboard_alone_reaches_an_item_and_its_fields(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """Tab to the first link that skips to the content, on to an item, Enter opens it, and focus is on its name."""
    page = open_page()
    page.goto(f"{shared_address}/queue")
    page.keyboard.press("Tab")
    expect(page.locator(".to-main")).to_be_focused()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('item')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".pane.source")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()


def test_the_evidence_is_in_view_when_an_item_opens(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """The window scrolls to it; more of the text is a button away, on both sides."""
    page = open_page()
    page.goto(f"{shared_address}/queue?code=period_differs")
    page.locator(".item").first.click()
    expect(page.locator(".source .doubt")).to_be_in_viewport()
    before = page.locator(".source [data-start]").count()
    starts = page.locator(".source [data-start]").first.get_attribute("data-start")
    page.get_by_role("button", name="上文").click()
    expect(page.locator(".source [data-start]").first).not_to_have_attribute("data-start", str(starts))
    assert page.locator(".source [data-start]").count() > before


def test_the_records_beside_a_report_follow_the_text(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """Whoever reads on sees the records of the paragraph at hand."""
    page = open_page()
    page.goto(f"{shared_address}/reports/yunzhou-2025#s3")
    expect(page.locator("aside.records li", has_text="研发经费").first).to_be_in_viewport()
    page.locator("article a.n").first.click()
    expect(page.locator("aside.records li:target")).to_be_in_viewport()
