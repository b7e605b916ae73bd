"""Mentions to claims: what each number of a report means, by rule."""

from extract.claims.model import Claim, ClaimReading, Excluded, Exclusion
from extract.claims.reader import read_claims

__all__ = ["Claim", "ClaimReading", "Excluded", "Exclusion", "read_claims"]
