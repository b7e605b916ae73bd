"""Settings: where they come from, and what is refused."""

from pathlib import Path

import pytest

from extract.config import Settings, load_settings
from extract.errors import SettingsError


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path) -> None:
    """Nobody has to configure anything."""
    assert load_settings(tmp_path, {}) == Settings()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    """The nearer source wins; what it does not name comes from the farther one."""
    (tmp_path / "extract.toml").write_text("jobs = 2\nmax_bytes = 500\n")
    settings = load_settings(tmp_path, {"EXTRACT_JOBS": "3"})
    assert (settings.jobs, settings.max_bytes) == (3, 500)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("job = 2", "Did you mean jobs"),
        ("jobs = 'two'", "must be a whole number"),
        ("jobs = true", "must be a whole number"),
        ("jobs = 0", "must be at least 1"),
        ("out = ''", "must name a folder"),
        ("jobs = ", "cannot be read as TOML"),
    ],
)
def test_an_unusable_file_is_refused_by_name(tmp_path: Path, content: str, says: str) -> None:
    """A slip in extract.toml never passes in silence."""
    (tmp_path / "extract.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        load_settings(tmp_path, {})


def test_a_misspelt_variable_is_refused(tmp_path: Path) -> None:
    """A name that is nearly ours is a slip of the pen."""
    with pytest.raises(SettingsError, match=r"EXTRACT_MAXBYTES.*Did you mean max_bytes"):
        load_settings(tmp_path, {"EXTRACT_MAXBYTES": "1"})


def test_a_variable_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """Only the first letters are alike."""
    assert load_settings(tmp_path, {"EXTRACT_THE_TEETH_CAREFULLY": "1"}) == Settings()


def test_a_variable_with_a_bad_value_is_refused(tmp_path: Path) -> None:
    """The sentence names the variable and what it holds."""
    with pytest.raises(SettingsError, match="EXTRACT_JOBS to 'many'"):
        load_settings(tmp_path, {"EXTRACT_JOBS": "many"})


@pytest.mark.parametrize(
    "table", ["headers = 3", '[headers]\n"a b" = "x"', "[headers]\nX = 1", '[headers]\nX = "云"']
)
def test_headers_that_cannot_be_sent_are_refused(tmp_path: Path, table: str) -> None:
    """The sentence names the file, and no value."""
    (tmp_path / "extract.toml").write_text(table, encoding="utf-8")
    with pytest.raises(SettingsError, match="headers"):
        load_settings(tmp_path, {})


def test_headers_are_taken_and_not_shown(tmp_path: Path) -> None:
    """They may hold secrets."""
    (tmp_path / "extract.toml").write_text('[headers]\nX-Key = "gate-4711"\n', encoding="utf-8")
    settings = load_settings(tmp_path, {})
    assert settings.headers == {"X-Key": "gate-4711"}
    assert "gate-4711" not in repr(settings)
