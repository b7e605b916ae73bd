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


@pytest.mark.parametrize(
    ("platform", "network", "files", "level", "says"),
    [
        ("linux", True, True, "ok", "LibreOffice no files but those of the system"),
        ("linux", True, False, "ok", "gives what reads them no network"),
        ("linux", False, False, "warning", "does not take the network"),
        ("darwin", False, False, "ok", "does not take the network"),
        ("win32", False, False, "ok", "does not take the network"),
    ],
)
def test_what_documents_cannot_reach_is_said(monkeypatch, platform, network, files, level, says):
    monkeypatch.setattr(doctor.sys, "platform", platform)
    monkeypatch.setattr(doctor, "network_is_given_up", lambda: network)
    monkeypatch.setattr(doctor, "files_are_kept", lambda: files)
    finding = doctor._reach_of_documents()
    assert (finding.what, finding.level) == ("reach of documents", level)
    assert says in finding.says
    assert bool(finding.do) == (level == "warning")
