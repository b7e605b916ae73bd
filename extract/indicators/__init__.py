"""Indicators: the catalogue, and how a report's wording is matched to it."""
