"""Record types, figures, issues and results, as other programs see them. Imports nothing of ours.

Record types are discovered: every module of this package that defines a subclass of `Record` with a `type`
adds one. There is no list to edit.
"""

from schemas.discovery import add_record_types, record_type, record_types
from schemas.record import Evidence, Figure, Issue, Record, Severity, Span, State

__all__ = [
    "Evidence",
    "Figure",
    "Issue",
    "Record",
    "Severity",
    "Span",
    "State",
    "add_record_types",
    "record_type",
    "record_types",
]
