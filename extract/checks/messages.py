"""Says in a sentence, Chinese and English, what was compared with what."""

from collections.abc import Iterable, Mapping

from extract.checks.comparison import Difference
from extract.checks.issues import issue
from extract.checks.places import Place
from schemas import Issue, Severity

SENTENCES: Mapping[str, tuple[str, str]] = {
    "digits_differ": (
        "“{name}”写作{said}，原文此处是“{read}”。",
        "The record says {said} for {name}; the text says {read}.",
    ),
    "scale_differs": (
        "“{name}”写作{said}，与原文“{read}”相差若干数量级。",
        "The record says {said} for {name}; the text says {read}, a different order of magnitude.",
    ),
    "unit_differs": (
        "“{name}”的单位写作“{said}”，原文“{text}”的单位是“{read}”。",
        "The record gives {name} in {said}; the text ({text}) gives it in {read}.",
    ),
    "direction_differs": (
        "“{name}”的方向写作“{said}”，原文“{text}”读作“{read}”。",
        "The record says {said} for {name}; the text around {text} says {read}.",
    ),
    "modifier_differs": (
        "“{name}”的限定写作“{said}”，原文“{text}”读作“{read}”。",
        "The record marks {name} as {said}; the text around {text} says {read}.",
    ),
    "period_differs": (
        "“{name}”的时期写作{said}，规则在“{text}”处读作{read}。",
        "The record dates {name} to {said}; the rules read {read} at {text}.",
    ),
    "type_differs": (
        "“{name}”记为“{said}”，规则在“{text}”处读作“{read}”。",
        "The record has {name} as the type {said}; the rules read {read} at {text}.",
    ),
    "kind_differs": (
        "“{name}”记为“{said}”，规则在“{text}”处读作“{read}”。",
        "The record has {name} as the kind {said}; the rules read {read} at {text}.",
    ),
    "pairing_differs": (
        "“{text}”记在“{said}”名下，规则读出它属于“{read}”。",
        "The record assigns {text} to {said}; the rules assign it to {read}.",
    ),
    "indicator_differs": (
        "“{text}”记作“{said}”，此处原文说的是“{read}”，所指不同。",
        "The record gives {text} as {said}; what the text says there is {read}, which is another thing.",
    ),
    "commitment_differs": (
        "“{name}”的目标语气记为“{said}”，规则在“{text}”处读作“{read}”。",
        "The record has {name} as the commitment {said}; the rules read {read} at {text}.",
    ),
    "status_differs": (
        "“{name}”的进展记为“{said}”，规则在“{text}”处读作“{read}”。",
        "The record has {name} as {said}; the rules read {read} at {text}.",
    ),
    "indicator_not_in_context": (
        "“{said}”不见于“{text}”所在的句子和标题，规则读作“{read}”。",
        "{said} does not occur in the sentence or headings of {text}; the rules read {read}.",
    ),
}
"""A sentence for each code of a comparison; {name} is the indicator, {text} the number as it stands."""

WORDS: Mapping[str, tuple[str, str]] = {
    "increase": ("增长", "an increase"),
    "decrease": ("下降", "a decrease"),
    "exact": ("确数", "exact"),
    "about": ("约数", "about"),
    "at_least": ("以上", "at least"),
    "more_than": ("超过", "more than"),
    "at_most": ("以内", "at most"),
    "less_than": ("不到", "less than"),
    "nearly": ("接近", "nearly"),
    "range": ("区间", "a range"),
    "level": ("水平", "level"),
    "change": ("变化", "change"),
    "rank": ("位次", "rank"),
    "share": ("比重", "share"),
    "achievement": ("成绩", "achievement"),
    "goal": ("目标", "goal"),
    "livelihood_project": ("民生实事", "livelihood project"),
    "ensure": ("确保", "ensure"),
    "strive": ("力争", "strive"),
    "expect": ("预期", "expect"),
    "planned": ("计划", "planned"),
    "under_way": ("在建", "under way"),
    "completed": ("已完成", "completed"),
    "": ("无", "none"),
}
"""The contract's words as a reviewer reads them."""


DOUBTS: Mapping[str, tuple[str, str]] = {
    "subject_before": ("主语取自前一分句", "its subject was taken from the clause before"),
    "no_subject": ("没有找到主语", "no subject was found"),
    "row_without_subjects": ("一串数字没有同样多的主语", "a row of numbers has fewer subjects"),
    "unknown_section": ("所在章节既非回顾也非计划", "its section is neither a review nor a plan"),
}
"""The doubts of the rules (`extract.claims.model.Doubt`) as a reviewer reads them."""


def doubts_in_words(doubts: Iterable[str]) -> tuple[str, str]:
    """The doubts of a figure in Chinese and in English; those of a model stand as it gave them."""
    pairs = [DOUBTS.get(doubt, (doubt, doubt)) for doubt in doubts]
    chinese = "；".join(pair[0] for pair in pairs) or "未说明原因"
    return chinese, "; ".join(pair[1] for pair in pairs) or "no reason given"


def say(
    difference: Difference,
    name: str,
    place: Place,
    *,
    code: str | None = None,
    severity: Severity | None = None,
) -> Issue:
    """The issue that tells a reviewer of a difference.

    Args:
        difference: what was found.
        name: the indicator of the record.
        place: where the number stands.
        code: another code than the difference's own.
        severity: another severity than the code's own.
    """
    chinese, english = SENTENCES[difference.code]
    texts = []
    for language, sentence in enumerate((chinese, english)):
        said, read = (
            WORDS.get(word, (word, word))[language] for word in (difference.stated, difference.read)
        )
        texts.append(sentence.format(name=name, said=said, read=read, text=place.text))
    spans = [(place.start, place.end)]
    return issue(code or difference.code, texts[0], texts[1], spans, severity=severity)
