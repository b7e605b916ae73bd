"""What of each report's source was left out and holds numbers, a line a report."""

from collections.abc import Iterator

from extract.cli.terminal import plural
from extract.results.summary import Summary
from schemas.result import LeftOutRow

_NAMES = {
    "footnote": "footnote",
    "comment": "comment",
    "deleted": "deletion",
    "struck": "struck-out passage",
    "ruby": "gloss",
    "header_footer": "header or footer",
    "running_head": "running head",
    "watermark": "watermark",
    "hidden": "hidden passage",
    "debris": "line of page furniture",
    "picture_page": "page that is a picture",
    "damaged_page": "damaged page",
    "unreadable_page": "page that cannot be read",
    "markup": "comment of the HTML",
    "code": "script",
    "picture": "description of a picture",
}
"""How one part is called; others are parts of text beside the report."""

_OTHER = "passage outside the report"
_PLURALS = {
    "gloss": "glosses",
    "header or footer": "headers or footers",
    "line of page furniture": "lines of page furniture",
    "page that is a picture": "pages that are pictures",
    "page that cannot be read": "pages that cannot be read",
    "comment of the HTML": "comments of the HTML",
    "description of a picture": "descriptions of pictures",
    "passage outside the report": "passages outside the report",
}


def left_out_lines(summary: Summary) -> Iterator[str]:
    """The line of a report; none where nothing that was left out holds a number."""
    rows = [row for row in summary.left_out if row.numbers or row.unread]
    if rows:
        yield f"{summary.source}: left out: {', '.join(map(_told, rows))}; see extract ingest"


def _told(row: LeftOutRow) -> str:
    name = _NAMES.get(row.reason, _OTHER)
    parts = f"{row.parts} {name}" if row.parts == 1 else f"{row.parts} {_PLURALS.get(name, f'{name}s')}"
    if row.unread:
        return parts
    return f"{parts} ({plural(row.characters, 'character')}, {plural(row.numbers, 'number')})"
