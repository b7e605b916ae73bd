"""The codes of all checks, how much each matters, and how an issue is made."""

from collections.abc import Iterable
from types import MappingProxyType

from schemas import Issue, Severity, Span

SEVERITIES = MappingProxyType(
    {
        "quote_not_found": Severity.ERROR,
        "number_not_in_quote": Severity.ERROR,
        "digits_differ": Severity.ERROR,
        "scale_differs": Severity.ERROR,
        "unit_differs": Severity.ERROR,
        "direction_differs": Severity.ERROR,
        "pairing_differs": Severity.ERROR,
        "modifier_differs": Severity.WARNING,
        "kind_differs": Severity.WARNING,
        "period_differs": Severity.WARNING,
        "type_differs": Severity.WARNING,
        "indicator_not_in_context": Severity.WARNING,
        "indicator_differs": Severity.WARNING,
        "commitment_differs": Severity.WARNING,
        "status_differs": Severity.WARNING,
        "claimed_twice": Severity.WARNING,
        "unclaimed_number": Severity.WARNING,
        "target_unread": Severity.WARNING,
        "actual_unread": Severity.WARNING,
        "conflict_in_report": Severity.WARNING,
        "conflict_between_reports": Severity.WARNING,
        "copies_differ": Severity.WARNING,
        "same_report": Severity.NOTE,
        "witness_disagrees": Severity.WARNING,
        "unsure_reading": Severity.WARNING,
        "hidden_text": Severity.WARNING,
        "suspicious_text": Severity.WARNING,
        "text_left_out": Severity.WARNING,
        "repeated": Severity.NOTE,
    }
)
"""Every code with its usual severity; an error or a warning flags the record, a note does not."""


def issue(
    code: str,
    message: str,
    message_en: str,
    spans: Iterable[tuple[int, int]],
    *,
    severity: Severity | None = None,
) -> Issue:
    """An issue as data.

    Args:
        code: one of `SEVERITIES`.
        message: one sentence in Chinese: what was compared with what.
        message_en: the same in English.
        spans: the places it speaks of, in the source text.
        severity: another than the code's usual one.

    Raises:
        KeyError: there is no such code.
    """
    return Issue(
        code=code,
        severity=severity or SEVERITIES[code],
        message=message,
        message_en=message_en,
        spans=tuple(Span(start=start, end=end) for start, end in spans),
    )
