"""Where facts without spans are looked for."""

from collections import Counter
from decimal import Decimal

from extract.checks import GivenFact, audit, locating

from .builders import N, case


def test_a_thousand_facts_with_alike_names_are_each_held_against_the_likeliest_places(monkeypatch):
    """Not against every place whose name ends alike."""
    names = [f"第{n:04d}号重点建设项目投资" for n in range(1000)]
    numbers = [N(f"{5000 + n}亿元", name) for n, name in enumerate(names)]
    report, witness = case(
        "".join(f"{name}{number.text}。" for name, number in zip(names, numbers, strict=True)), *numbers
    )
    facts = [
        GivenFact(n=n, value=Decimal(5000 + n), unit="亿元", indicator=name) for n, name in enumerate(names)
    ]
    counts = Counter[str]()

    def counting(name):
        work = getattr(locating, name)

        def counted(*arguments):
            counts[name] += 1
            return work(*arguments)

        monkeypatch.setattr(locating, name, counted)

    counting("similarity")
    counting("_score")
    audited = audit([(report, witness)], facts)
    assert not any(verdict.reasons for verdict in audited.verdicts)
    assert 0 < counts["_score"] <= 41 * len(facts)
    assert 0 < counts["similarity"] <= 161 * len(facts)
