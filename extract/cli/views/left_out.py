"""What of each report's source was left out and holds numbers, a line a report."""

from collections.abc import Iterator

from extract.cli.terminal import told
from extract.messages import Message, count, listed
from extract.results.summary import Summary
from schemas.result import LeftOutRow

_NAMES = {
    "footnote": count("%(num)s footnote", "%(num)s footnotes", 1),
    "comment": count("%(num)s comment", "%(num)s comments", 1),
    "deleted": count("%(num)s deletion", "%(num)s deletions", 1),
    "struck": count("%(num)s struck-out passage", "%(num)s struck-out passages", 1),
    "ruby": count("%(num)s gloss", "%(num)s glosses", 1),
    "header_footer": count("%(num)s header or footer", "%(num)s headers or footers", 1),
    "running_head": count("%(num)s running head", "%(num)s running heads", 1),
    "watermark": count("%(num)s watermark", "%(num)s watermarks", 1),
    "hidden": count("%(num)s hidden passage", "%(num)s hidden passages", 1),
    "debris": count("%(num)s line of page furniture", "%(num)s lines of page furniture", 1),
    "picture_page": count("%(num)s page that is a picture", "%(num)s pages that are pictures", 1),
    "damaged_page": count("%(num)s damaged page", "%(num)s damaged pages", 1),
    "unreadable_page": count("%(num)s page that cannot be read", "%(num)s pages that cannot be read", 1),
    "markup": count("%(num)s comment of the HTML", "%(num)s comments of the HTML", 1),
    "code": count("%(num)s script", "%(num)s scripts", 1),
    "picture": count("%(num)s description of a picture", "%(num)s descriptions of pictures", 1),
}
"""How one part is called; others are parts of text beside the report."""
_OTHER = count("%(num)s passage outside the report", "%(num)s passages outside the report", 1)


def left_out_lines(summary: Summary) -> Iterator[str]:
    """The line of a report; none where nothing that was left out holds a number."""
    rows = [row for row in summary.left_out if row.numbers or row.unread]
    if rows:
        yield told(
            Message(
                "%(source)s: left out: %(parts)s; see extract ingest",
                source=summary.source,
                parts=listed([_said(row) for row in rows]),
            )
        )


def _said(row: LeftOutRow) -> Message:
    name = _NAMES.get(row.reason, _OTHER)
    parts = count(name.template, name.many, row.parts)
    if row.unread:
        return parts
    return Message(
        "%(parts)s (%(characters)s, %(numbers)s)",
        parts=parts,
        characters=count("%(num)s character", "%(num)s characters", row.characters),
        numbers=count("%(num)s number", "%(num)s numbers", row.numbers),
    )
