"""The doctor says whether documents of old office programs can be read."""

import pytest

from extract.runs import doctor


@pytest.mark.parametrize(
    ("program", "writer", "level", "says"),
    [
        ("/opt/soffice", True, "ok", "/opt/soffice reads"),
        ("/opt/soffice", None, "ok", "/opt/soffice reads"),
        ("/opt/soffice", False, "warning", "lacks Writer"),
        (None, None, "warning", "not installed"),
    ],
)
def test_the_converter_is_named_or_what_it_lacks(monkeypatch, program, writer, level, says):
    monkeypatch.setattr(doctor, "converter", lambda: program)
    monkeypatch.setattr(doctor, "has_writer", lambda _: writer)
    finding = doctor._converter()
    assert (finding.what, finding.level) == ("converter", level)
    assert says in finding.says
    assert ("libreoffice-writer" in finding.do) == (level == "warning")
