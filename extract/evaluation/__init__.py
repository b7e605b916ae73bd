"""Scoring facts against gold, number by number."""
