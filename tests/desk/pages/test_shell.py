"""What all pages share."""

import re

import pytest
from jinja2 import TemplateNotFound

from extract.desk.pages.language import language
from extract.desk.pages.shell import Shell, environment, local_path

LINES = {"base.html", "macros.html", "notice.html", "earlier.html", "later.html"}


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/items/ab?code=x&sort=text", "/items/ab?code=x&sort=text"),
        ("/queue#top", "/queue#top"),
        (None, "/queue"),
        ("", "/queue"),
        ("queue", "/queue"),
        ("//evil.example/x", "/queue"),
        ("/\\evil.example", "/queue"),
        ("https://evil.example", "/queue"),
        ("/a\nSet-Cookie: x", "/queue"),
    ],
)
def test_the_way_back_stays_in_this_desk(address: str | None, path: str) -> None:
    """A login or a change of language never leads to another site."""
    assert local_path(address) == path


@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_template_holds_a_script_or_style_of_its_own_or_turns_escaping_off(code: str) -> None:
    """The policy of the desk refuses both; what templates show is escaped, always."""
    made = environment(code)
    names = made.list_templates()
    assert set(names) >= LINES
    for name in names:
        assert made.loader
        source, _, _ = made.loader.get_source(made, name)
        assert not re.search(
            r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|<style|\|\s*safe|autoescape", source
        ), name
        assert not re.search(r"https?://|src=\"//|url\(", source), name


def test_a_template_cannot_leave_the_package() -> None:
    """Names of templates are no paths."""
    with pytest.raises(TemplateNotFound):
        environment("en").get_template("../app.py")


def test_the_path_of_an_address_is_what_stands_before_its_query() -> None:
    """Also of one that looks like the name of a machine that is none."""
    for address, path in (("/queue?state=any", "/queue"), ("//[", "//["), ("//[::1?x", "//[::1")):
        assert Shell(language("en"), address=address).path == path
