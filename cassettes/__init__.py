"""Recorded exchanges with models, and what records and replays them; see README.md in this folder."""
