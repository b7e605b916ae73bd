"""Where facts without spans are looked for."""

import time
from decimal import Decimal

from extract.checks import GivenFact, audit

from .builders import N, case


def test_two_thousand_facts_with_alike_names_find_their_places_in_seconds():
    """A fact is held against the likeliest places, not against every one whose name ends alike."""
    names = [f"第{n:04d}号重点建设项目投资" for n in range(2000)]
    numbers = [N(f"{5000 + n}亿元", name) for n, name in enumerate(names)]
    report, witness = case(
        "".join(f"{name}{number.text}。" for name, number in zip(names, numbers, strict=True)), *numbers
    )
    facts = [
        GivenFact(n=n, value=Decimal(5000 + n), unit="亿元", indicator=name) for n, name in enumerate(names)
    ]
    began = time.process_time()
    audited = audit([(report, witness)], facts)
    assert time.process_time() - began < 25
    assert not any(verdict.reasons for verdict in audited.verdicts)
