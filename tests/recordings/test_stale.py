"""Recorded answers belong to the prompts and schemas of today."""

import json
from pathlib import Path

import pytest
import yaml

from cassettes.play import play
from cassettes.sets import RECORD, ROOT, Recording, recorded
from cassettes.tape import ReadableYaml
from extract.config import Settings
from extract.engines.llm.modes import Bodies, as_mode
from extract.pipeline import bear_witness, read_reports
from extract.runs.asking import make_engine


@pytest.fixture(params=["capable", "small"])
def recording(request: pytest.FixtureRequest) -> Recording:
    """A set of answers to the sample reports."""
    found = recorded(request.param)
    if found is None:
        pytest.skip(f"cassettes/{request.param} is not recorded; see cassettes/README.md")
    return found


def bodies(recording: Recording) -> list[str]:
    """What a run over the sources would send first, today."""
    settings = Settings(
        model=recording.model, base_url="http://127.0.0.1/v1", max_output_tokens=recording.max_output_tokens
    )
    engine, build, mode = make_engine(settings), Bodies(), as_mode(recording.mode)
    assert mode
    found = []
    for source in recording.sources:
        for report in read_reports((ROOT / source).read_bytes(), source)[0]:
            requests = engine.first_requests(report, bear_witness(report))
            found += [json.dumps(build.body(one, mode), sort_keys=True) for one in requests]
    return found


def test_no_prompt_or_schema_changed_since_the_recording(recording: Recording) -> None:
    """Else the answers were given to other questions."""
    on_tape = {json.dumps(body, sort_keys=True) for body, _ in recording.exchanges()}
    missing = [body for body in bodies(recording) if body not in on_tape]
    assert not missing, (
        f"{len(missing)} questions of {recording.name} are not on its tape: a prompt, a schema or a sample report "
        f"changed. Record anew, as cassettes/README.md says: {RECORD} {recording.name} --base-url URL"
    )


def test_the_recorded_run_replays_without_a_network(recording: Recording, tmp_path: Path) -> None:
    """Every number of every record is grounded: it is in the text, at its place."""
    play(recording.name, tmp_path / "out")
    results = [path for path in (tmp_path / "out").glob("*.json") if path.name != "manifest.json"]
    assert len(results) == len(recording.sources)
    for path in results:
        result = json.loads(path.read_text(encoding="utf-8"))
        text = (ROOT / result["report"]["source"]).read_text(encoding="utf-8")
        for record in result["records"]:
            for figure in record["figures"]:
                assert text[figure["start"] : figure["end"]] == figure["text"]


def test_a_tape_survives_being_read_and_written() -> None:
    """Nothing is lost between YAML and the exchanges."""
    shared = {"system-1": "规则\n" * 50}
    body = {"messages": [{"role": "system", "content": "shared:system-1"}], "model": "m"}
    exchange = {
        "request": {"method": "POST", "uri": "http://model.invalid/v1/chat/completions", "body": body},
        "response": {"status": 200, "headers": {}, "json": {"content": "5370.3亿元"}},
    }
    text = yaml.safe_dump({"version": 1, "shared": shared, "exchanges": [exchange]}, allow_unicode=True)
    once = ReadableYaml.deserialize(text)
    assert ReadableYaml.deserialize(ReadableYaml.serialize(once)) == once
    assert "规则" in once["interactions"][0]["request"]["body"]
