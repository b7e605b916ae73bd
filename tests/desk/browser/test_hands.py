"""What a reviewer's hands do: keys, an input method, a selection, a lost connection, a colleague who was faster."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, expect

from extract.desk.worker import only_one
from tests.desk.browser.serving import ROOT, desk

COMPOSING = """key => document.body.dispatchEvent(
    new KeyboardEvent("keydown", {key, bubbles: true, isComposing: true, keyCode: 229}))"""

QUICK_HAND = """() => {
    document.addEventListener("htmx:afterSwap", () => document.body.dispatchEvent(
        new KeyboardEvent("keydown", {key: "c", bubbles: true})), {once: true});
    window.settled = new Promise((done) => document.addEventListener("htmx:afterSettle", done, {once: true}))
        .then(() => true);
}"""


def opened(page: Page, address: str, place: int) -> str:
    """Open an item by its place among those that nobody has decided on; gives its address."""
    page.goto(f"{address}/queue?state=any&kind=record&report=yunzhou-2025&sort=text")
    page.locator(".item").nth(place).click()
    expect(page.locator(".verdicts")).to_be_visible()
    return page.url


def test_keys_are_letters_in_fields_and_while_an_input_method_composes(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """Neither typing 'a' into the reason nor choosing a syllable approves anything."""
    page = open_page()
    here = opened(page, shared_address, 4)
    page.locator("#why").focus()
    page.keyboard.type("arsxunjkq")
    expect(page.locator("#why")).to_have_value("arsxunjkq")
    page.keyboard.press("Escape")
    page.evaluate(COMPOSING, "a")
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+r")
    assert page.url == here
    expect(page.locator("#done")).to_have_count(0)
    page.keyboard.press("s")
    expect(page.locator("#done")).to_be_visible()


def test_a_hand_quicker_than_the_page_keeps_its_field(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """Who presses a key before the page has settled stays in the field: else the next letters would be verdicts."""
    page = open_page()
    page.goto(f"{shared_address}/queue?state=any&kind=record&report=yunzhou-2025&sort=text")
    page.evaluate(QUICK_HAND)
    page.locator(".item").nth(6).click()
    assert page.evaluate("() => window.settled")
    expect(page.locator("#f-indicator")).to_be_focused()


def test_what_is_not_taken_has_the_focus(open_page: Callable[..., Page], shared_address: str) -> None:
    """The field with its message; of a correction without any change the first one."""
    page = open_page("en")
    opened(page, shared_address, 12)
    page.locator("#f-figures-0-value").fill("many")
    page.locator("button[value=correct]").click()
    wrong = page.locator("#f-figures-0-value")
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#f-figures-0-value-e")).to_be_visible()
    opened(page, shared_address, 12)
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#f-indicator")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#f-indicator-e")).to_contain_text("Nothing has been changed")
    expect(page.locator("#f-indicator")).to_be_focused()


def test_a_key_can_be_changed_and_is_shown_where_it_works(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """Each key stands on its button; one key for two actions is refused and nothing is lost."""
    page = open_page()
    page.goto(f"{shared_address}/settings")
    page.locator("#key-approve").fill("r")
    page.locator("#key-approve").press("Enter")
    expect(page.locator("[data-error]")).to_be_visible()
    page.locator("#key-approve").fill("1")
    page.locator("#key-approve").press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    here = opened(page, shared_address, 8)
    expect(page.locator("button[value=approve] kbd")).to_have_text("1")
    page.keyboard.press("a")
    assert page.url == here
    page.keyboard.press("1")
    expect(page.locator("#done")).to_contain_text("已批准")
    page.goto(f"{shared_address}/settings")
    page.locator("button[name=reset]").click()
    expect(page.locator("#key-approve")).to_have_value("a")


def test_a_lost_connection_is_said_and_what_was_entered_stays(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """The save is seen to fail, and works once the desk can be reached again."""
    page = open_page()
    here = opened(page, shared_address, 12)
    page.locator("#why").fill("原文可查")
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    page.keyboard.press("a")
    expect(page.locator("#trouble")).to_contain_text("没有保存")
    expect(page.locator("#why")).to_have_value("原文可查")
    assert page.url == here
    page.context.set_offline(False)
    page.keyboard.press("a")
    expect(page.locator("#done")).to_contain_text("已批准")
    expect(page.locator("#trouble")).to_be_empty()


def test_who_comes_second_sees_both_versions_side_by_side(
    open_page: Callable[..., Page], shared_address: str
) -> None:
    """Nothing is overwritten unseen; then either stands, as the reviewer chooses."""
    slow, fast = open_page(), open_page()
    here = opened(slow, shared_address, 16)
    fast.goto(here)
    slow.locator("#f-indicator").fill("加装电梯（慢）")
    fast.locator("#f-indicator").fill("加装电梯（快）")
    fast.locator("button[value=correct]").click()
    expect(fast.locator("#done")).to_be_visible()
    slow.locator("button[value=correct]").click()
    expect(slow.locator(".versions")).to_contain_text("加装电梯（慢）")
    expect(slow.locator(".versions")).to_contain_text("加装电梯（快）")
    slow.get_by_role("button", name="用我的版本覆盖").click()
    expect(slow.locator("#done")).to_be_visible()
    fast.goto(here)
    expect(fast.locator("#f-indicator")).to_have_value("加装电梯（慢）")


def test_a_place_is_taken_from_what_is_selected(open_page: Callable[..., Page], shared_address: str) -> None:
    """Offsets are code points of the source, counted from the paragraph in which the selection lies."""
    page = open_page()
    opened(page, shared_address, 20)
    start = page.locator("#f-start").input_value()
    page.locator("summary", has_text="原文依据").click()
    page.evaluate(
        """() => {
            const evidence = document.getElementById("evidence");
            const range = document.createRange();
            range.selectNodeContents(evidence);
            range.setStart(evidence.firstChild, 2);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.locator("[data-takes='']").click()
    expect(page.locator("#f-start")).to_have_value(str(int(start) + 2))
    expect(page.locator("button[value=approve]")).to_be_disabled()


def test_an_upload_is_read_while_one_watches(open_page: Callable[..., Page], shared_address: str) -> None:
    """The job is seen to end, and leads to its report."""
    page = open_page()
    page.goto(f"{shared_address}/jobs")
    text = (ROOT / "examples/yunzhou-2024.txt").read_text(encoding="utf-8").replace("云州", "澄江")
    page.locator("#files").set_input_files(
        {"name": "chengjiang-2025.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_text("完成", exact=True)).to_be_visible(timeout=15_000)
    page.get_by_role("link", name="chengjiang-2025", exact=True).click()
    expect(page.locator("article.text")).to_contain_text("澄江")
    expect(page.locator("article a.n").first).to_be_visible()


def test_many_unfinished_uploads_do_not_keep_the_browser_busy(
    open_page: Callable[..., Page], results: Path
) -> None:
    """A browser has six connections to a server: other pages open, and in the end all uploads are done."""
    page = open_page()
    text = (ROOT / "examples/yunzhou-2024.txt").read_text(encoding="utf-8")
    with ExitStack() as held:
        assert held.enter_context(only_one(results)).holds()  # nothing is finished before this is let go
        with desk(results) as address:
            for name in "甲乙丙丁戊己庚":
                page.request.post(
                    f"{address}/api/reports",
                    multipart={
                        "files": {
                            "name": f"{name}.txt",
                            "mimeType": "text/plain",
                            "buffer": text.replace("云州", f"云{name}").encode(),
                        }
                    },
                    headers={"origin": address},
                )
            page.goto(f"{address}/jobs")
            expect(page.locator("[data-live]")).to_have_count(7)
            page.wait_for_timeout(500)
            page.goto(f"{address}/overview", timeout=5_000)
            page.goto(f"{address}/jobs", timeout=5_000)
            held.close()
            expect(page.locator("[data-live]")).to_have_count(0, timeout=60_000)
            expect(page.locator("ol.lines .tag.settled")).to_have_count(7)
