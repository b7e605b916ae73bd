"""Reports of any number, composed from the samples with other digits: no other text is needed.

The samples are short and full of numbers. A composed report has the paragraphs of one, filled up with its own
sentences, mostly such without a number, so that it is as long and as dense as real ones are (a number in 35 to
50 characters).
"""

import random
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
NUMBER = re.compile(r"(?<![\dA-Za-z.])\d+(?:\.\d+)?(?![\d.年月日届次])")
INNER_SENTENCE = re.compile(r"(?<=。)[^。\n]{15,}。")
PUBLIC_SPEECH = re.compile("各位代表|同志们|让我们|谢谢|主要问题")
NUMERAL = re.compile(r"[\d一二三四五六七八九十百千万亿两]")
REPORT_CHARACTERS = 15_000
PARAGRAPH = 80
SAMPLE_CITY = "云州"
CITIES = [one + other for one in "云临望清远宁安平兴泰" for other in "州江海湖山川原城陵溪"]
REPORTS_OF_A_CITY = 10
SHARE_OF_NUMBERS = 0.1


def reports(count: int, characters: int = REPORT_CHARACTERS) -> Iterator[str]:
    """Reports of about `characters` characters, every one different, the same at every call."""
    samples = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    for n in range(count):
        city = CITIES[n // REPORTS_OF_A_CITY % len(CITIES)]
        rng = random.Random(n)  # noqa: S311 - no secret
        yield composed(samples[n % len(samples)].replace(SAMPLE_CITY, city), characters, rng)


def composed(sample: str, characters: int, rng: random.Random) -> str:
    """One report made from a sample, with new digits."""
    lines = [_other_digits(text, rng) for text in sample.split("\n")]
    filling = [text for text in INNER_SENTENCE.findall(sample) if not PUBLIC_SPEECH.search(text)]
    places = cycle(
        [n for n, text in enumerate(lines) if len(text) > PARAGRAPH and not PUBLIC_SPEECH.search(text)]
    )
    missing = characters - sum(map(len, lines)) - len(lines)
    for text in cycle(filling):
        if missing <= 0:
            break
        if not NUMERAL.search(text) or rng.random() < SHARE_OF_NUMBERS:
            lines[next(places)] += _other_digits(text, rng)
            missing -= len(text)
    return "\n".join(lines)


def _other_digits(text: str, rng: random.Random) -> str:
    def other(found: re.Match[str]) -> str:
        return "".join(
            str(rng.randint(1, 9)) if letter.isdigit() and letter != "0" else letter for letter in found[0]
        )

    return NUMBER.sub(other, text)
