"""Patterns keep to what every Python that we promise reads rightly."""

import re
from pathlib import Path

import extract.numbers

POSSESSIVE_GROUP = re.compile(r"\)(?:[*?+]|\{[0-9, ]+\})\+")


def test_no_group_is_repeated_possessively():
    """Before Python 3.11.5 such a repeat moves back where the group fails half-way; (?>…) does the same and is right."""
    folder = Path(extract.numbers.__file__).parent
    for file in sorted(folder.glob("*.py")):
        code = [line.partition("#")[0] for line in file.read_text(encoding="utf-8").splitlines()]
        assert [line for line in code if POSSESSIVE_GROUP.search(line)] == [], file.name
