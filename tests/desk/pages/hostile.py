"""Pages read as a browser reads them, for what must never be in them."""

from html.parser import HTMLParser

OURS = frozenset({"htmx.min.js", "desk.js"})
ADDRESSES = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post", "data-live"})
ELSEWHERE = ("http:", "https:", "//", "javascript:", "data:", "vbscript:")
SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(2)>{{7*7}}<svg/onload=alert(3)>"
HOSTILE = SCRIPT + BREAKOUT


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and (given.get("src") or "").split("?")[0].rsplit("/", 1)[-1] not in OURS:
            self.wrong.append(f"script {given}")
        if tag in {"style", "iframe", "object", "embed", "base"} or given.get("src") == "x":
            self.wrong.append(tag)
        for name, value in attrs:
            if name.startswith(("on", "hx-on")) or name in {"style", "hx-on", "hx-vals", "srcdoc"}:
                self.wrong.append(f"{tag} {name}={value}")
            if name in ADDRESSES and (value or "").strip().lower().startswith(ELSEWHERE):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def faults(html: str) -> list[str]:
    """What a page holds that it must not: scripts and styles of others, handlers, addresses elsewhere."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.wrong


def text_of(html: str) -> str:
    """The words of a page, as a reader sees them."""
    reader = _Reader()
    reader.feed(html)
    return " ".join("".join(reader.words).split())
