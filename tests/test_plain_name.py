"""Names from files that anybody may have written become a part of no path before they are looked at."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from extract.engines.llm.batch import BatchState
from extract.results.account import IngestedReport
from extract.results.manifest import SavedReport

AWAY = ("../victim", "/etc/passwd", "..\\victim", "C:victim", "a\0b", "NUL", "com1.json", "..", "", "字" * 90)

SAVED: dict[str, Any] = {"id": "r", "sha256": "0" * 64, "region": None, "report_year": None}
BATCH: dict[str, Any] = {"name": "r", "endpoint": "", "model": "m", "schema_hashes": {}, "items": {}}
INGESTED: dict[str, Any] = {
    "id": "r",
    "file": "r.txt",
    "sha256": "0" * 64,
    "source": "in/r.html",
    "title": "报告",
    "region": None,
    "level": None,
    "report_year": None,
    "characters": 1,
    "complete": True,
    "notes": (),
    "pieces": (),
}
GATES: dict[str, tuple[type[BaseModel], dict[str, Any], str]] = {
    "a manifest": (SavedReport, SAVED, "id"),
    "a batch": (BatchState, BATCH, "name"),
    "an account": (IngestedReport, INGESTED, "id"),
    "a text of an account": (IngestedReport, INGESTED, "file"),
}


@pytest.mark.parametrize("gate", GATES)
def test_a_name_that_leads_elsewhere_is_refused_where_it_is_read(gate: str) -> None:
    """On every system what leads elsewhere on any."""
    model, fields, name = GATES[gate]
    assert getattr(model.model_validate(fields), name) == fields[name]
    for away in AWAY:
        with pytest.raises(ValidationError, match="plain file name"):
            model.model_validate({**fields, name: away})
