"""Page breaks, and paragraph breaks."""

import pytest

from extract.documents.breaks import goes_on, wrap_width
from tests.documents.corpora import cases


@pytest.mark.parametrize(
    "case", cases("breaks"), ids=lambda case: f"{case['paragraph'][-12:]}|{case['line'][:8]}"
)
def test_a_line_goes_on_or_opens_a_paragraph(case):
    """The end of the first line and the beginning of the second decide."""
    assert goes_on(case["paragraph"], case["line"]) is case["goes_on"], case["why"]


def test_a_file_is_wrapped_when_its_lines_are_of_one_length():
    """Paragraph-long lines of many lengths are not wrapped."""
    assert wrap_width([38, 39, 40, 40, 12, 38, 40] * 4) == 40
    assert wrap_width([300, 12, 80, 640, 31, 200, 95] * 4) is None
    assert wrap_width([40] * 5) is None
