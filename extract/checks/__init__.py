"""Grounding, the ledger, and every check: a record held against its text, the rules, and other records."""

from extract.checks.audit import Audit, Verdict, audit
from extract.checks.grounding import Grounded, ground
from extract.checks.ledger import ledger
from extract.checks.run import CHECKS, Checked, check
from extract.checks.stated import ABSENT, GivenFact

__all__ = [
    "ABSENT",
    "CHECKS",
    "Audit",
    "Checked",
    "GivenFact",
    "Grounded",
    "Verdict",
    "audit",
    "check",
    "ground",
    "ledger",
]
