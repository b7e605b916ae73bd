"""A report whose questions are answered as the rules would, for runs that ask."""

from collections.abc import Mapping
from functools import cache

from benchmarks.llm_material import Case, answers, engine
from extract.pipeline import bear_witness, read_reports

MODEL = "loopback"


@cache
def answers_to(text: str) -> Mapping[str, str]:
    """By the user's message of each question the answer that the rules would give."""
    asked = engine()
    cases = []
    for report in read_reports(text.encode(), "r.txt")[0]:
        witness = bear_witness(report)
        cases.append(Case(report, witness, tuple(asked.first_requests(report, witness))))
    return answers(asked, cases)
