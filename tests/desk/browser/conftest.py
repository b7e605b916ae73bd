"""Debian's Chromium, and a desk on what a model answered about the sample reports."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.desk.browser.serving import CHROMIUM, ROOT, desk, launched

LOCALES = {"zh": "zh-CN", "en": "en-GB"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this process."""
    if not CHROMIUM.is_file():
        pytest.skip("Debian's chromium is not installed: make services, as root")
    with sync_playwright() as playwright:
        opened = launched(playwright)
        yield opened
        opened.close()


def answered(out: Path, *change: str) -> Path:
    """Run into a folder with the recorded answers, one of which may be changed."""
    command = [sys.executable, "-m", "tests.desk.browser.answers", str(out), *change]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out


@pytest.fixture(scope="session")
def answered_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the model answered, to be copied and never changed."""
    return answered(tmp_path_factory.mktemp("answered") / "out")


@pytest.fixture
def results(answered_once: Path, tmp_path: Path) -> Path:
    """A folder of results of this test's own."""
    return shutil.copytree(answered_once, tmp_path / "out")


@pytest.fixture
def address(results: Path) -> Iterator[str]:
    """A desk on these results."""
    with desk(results) as found:
        yield found


@pytest.fixture(scope="session")
def shared_address(answered_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One desk for tests that each decide on an item of their own."""
    with desk(shutil.copytree(answered_once, tmp_path_factory.mktemp("shared") / "out")) as found:
        yield found


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages; each fails the test where a script fails or the policy refuses something."""
    with ExitStack() as stack:
        troubles: list[str] = []

        def opened(language: str = "zh", *, width: int = 1440, height: int = 900, dark: bool = False) -> Page:
            context = stack.enter_context(
                browser.new_context(
                    locale=LOCALES[language],
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if dark else "light",
                    accept_downloads=True,
                )
            )
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on(
                "console",
                lambda message: (
                    troubles.append(message.text) if "Content Security Policy" in message.text else None
                ),
            )
            return page

        yield opened
    assert not troubles
