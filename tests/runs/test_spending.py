"""The journal of spending outlives whoever wrote it."""

from pathlib import Path

from extract.engines.llm.exchange import Usage
from extract.runs.spending import NAME, SpendingJournal, read_spending


def test_runs_add_up(tmp_path: Path) -> None:
    """Requests are counted when they leave, tokens when they are booked."""
    for _ in range(2):
        journal = SpendingJournal(tmp_path)
        journal.sent()
        journal.sent()
        journal.booked(Usage(1, 100, 20, 10))
        journal.close()
    sums = {"requests": 4, "prompt_tokens": 200, "completion_tokens": 40, "cached_tokens": 20}
    assert read_spending(tmp_path / NAME) == sums


def test_a_torn_line_loses_itself_alone(tmp_path: Path) -> None:
    """As a kill may leave it."""
    journal = SpendingJournal(tmp_path)
    journal.sent()
    journal.close()
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"event":"se')
    after = SpendingJournal(tmp_path)
    after.sent()
    after.close()
    assert read_spending(tmp_path / NAME)["requests"] == 2


def test_a_run_that_asks_nothing_leaves_no_journal(tmp_path: Path) -> None:
    """Nothing is made before it is needed."""
    journal = SpendingJournal(tmp_path / "not there yet")
    assert journal.totals["requests"] == 0
    journal.close()
    assert not (tmp_path / "not there yet").exists()
