"""Grounding, the ledger, and every check: a record held against its text, the rules, and other records."""

from extract.checks.grounding import Grounded, ground
from extract.checks.ledger import ledger
from extract.checks.run import CHECKS, Checked, check

__all__ = ["CHECKS", "Checked", "Grounded", "check", "ground", "ledger"]
