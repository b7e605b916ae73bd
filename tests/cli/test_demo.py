"""`extract demo`: the first thing that somebody tries."""

import json

from extract.cli.commands import demo


def test_the_sample_reports_are_read_and_the_way_on_is_said(invoke, work):
    ran = invoke("demo", "--out", "tried")
    assert ran.code == 0
    assert "2 reports from 2 sources" in ran.out
    assert "extract show tried/yunzhou-2025.json" in ran.out
    assert json.loads((work / "tried" / "yunzhou-2025.json").read_bytes())["report"]["region"] == "云州市"


def test_where_there_are_no_samples_it_is_said_what_to_do(invoke, work, monkeypatch):
    monkeypatch.setattr(demo, "EXAMPLES", work / "none")
    ran = invoke("demo")
    assert ran.code == 2
    assert "come with the source code" in ran.err
    assert "extract run" in ran.err
