"""The clause around a number."""

from extract.tables.clauses import clause_around, one_line


def test_a_line_break_ends_no_clause():
    """A line that is broken within a word, as PDF and pages have it, is one clause with the next."""
    quote = "规上工业增加值增长8%，新兴\n产业增加值增长10%以上，其他平稳。"
    at = quote.index("10%")
    first, last = clause_around(quote, at, at + 3)
    assert one_line(quote[first:last]) == "新兴产业增加值增长10%以上"
