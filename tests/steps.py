"""Counts what a computation does, where a clock would say how busy the machine is."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python and calls of functions a computation takes; the same on every machine.

    What happens inside a function written in C counts as one, so a pattern that looks at the same text again and
    again is not seen here; `python -m benchmarks --only speed` times that.
    """
    count = 0

    def step(_frame: FrameType, _event: str, _value: Any) -> Any:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
