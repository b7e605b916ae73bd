"""A report gives the same facts in whatever kind of document it comes."""

from difflib import SequenceMatcher
from functools import partial

import pytest

from extract.documents.readers import read_document
from extract.documents.readers.archive import unpack
from extract.pipeline import process_source
from extract.runs.workers import engine_named

from .made import SAMPLES, docx, page, paragraphs, zipped

NAMES = ("yunzhou-2024", "yunzhou-2025")
FIELDS = ("value", "upper", "unit", "kind", "direction", "modifier", "period")


def facts(data, name):
    """The facts of a document, in reading order, and its only result."""
    (result,) = process_source(data, name, engine_named("rules")).results
    rows = [
        (
            figure.start,
            record.type,
            record.indicator,
            figure.text,
            *(getattr(figure, name) for name in FIELDS),
        )
        for record in result.records
        for figure in record.figures
    ]
    return [
        ("".join(row[3].split()), *row[1:3], *row[4:]) for row in sorted(rows, key=lambda row: row[0])
    ], result


def in_zip(data):
    (member,) = unpack(zipped({"r/a.txt": data}), "a.zip")
    return member.data


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["gb18030", "html", "docx", "pdf", "md", "zip"])
def test_every_kind_gives_the_facts_of_the_plain_text(examples, name, kind):
    """And evidence that stands at its place in the decoded text."""
    plain = (examples / f"{name}.txt").read_text(encoding="utf-8")
    boilerplate = page(paragraphs(plain), furniture=250, charset="gb2312")
    made = {
        "gb18030": lambda: plain.encode("gb18030"),
        "html": lambda: boilerplate.encode("gb18030"),
        "docx": partial(docx, plain),
        "pdf": (SAMPLES / f"{name}.pdf").read_bytes,
        "md": lambda: plain.replace("\n一、", "\n# 一、").encode(),
        "zip": lambda: in_zip(plain.encode()),
    }
    if kind == "html":
        assert len(plain) < 0.2 * len(boilerplate)
    data = made[kind]()
    wanted, _ = facts(plain.encode(), "a.txt")
    found, result = facts(data, f"a.{kind if kind != 'zip' else 'txt'}")
    same = sum(
        block.size for block in SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    )
    assert 2 * same / (len(wanted) + len(found)) >= 0.98
    text = read_document(data, f"a.{kind if kind != 'zip' else 'txt'}").text
    for record in result.records:
        evidence = record.evidence
        assert text[evidence.start : evidence.end] == evidence.quote
        assert (evidence.page is not None) is (kind == "pdf")
