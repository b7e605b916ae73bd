"""What the codes of the contract are called on the pages."""

from collections.abc import Mapping
from typing import Final

from extract.desk.pages.language import Language, marked
from schemas import record_types

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "standing": {
        "open": marked("open"),
        "any": marked("all"),
        "verified": marked("verified by the checks"),
        "note": marked("for information"),
        "flagged": marked("to be reviewed"),
        "second_review": marked("second review"),
        "disagreed": marked("reviewers disagree"),
        "check_again": marked("check again"),
        "approved": marked("approved"),
        "corrected": marked("corrected"),
        "rejected": marked("rejected"),
        "added": marked("record added"),
        "not_a_fact": marked("not a fact"),
        "acknowledged": marked("looked at"),
        "gone": marked("no longer there"),
    },
    "kind": {
        "record": marked("record"),
        "contradiction": marked("contradiction"),
        "number": marked("unclaimed number"),
        "chunk": marked("failed part"),
        "report_issue": marked("of the whole report"),
    },
    "code": {
        "quote_not_found": marked("quote not found"),
        "number_not_in_quote": marked("number not in the quote"),
        "digits_differ": marked("digits differ"),
        "scale_differs": marked("scale differs"),
        "unit_differs": marked("unit differs"),
        "direction_differs": marked("direction differs"),
        "modifier_differs": marked("degree (about, at least …) differs"),
        "period_differs": marked("period differs"),
        "type_differs": marked("type differs"),
        "kind_differs": marked("kind of number differs"),
        "pairing_differs": marked("belongs to another subject"),
        "indicator_not_in_context": marked("indicator not in the context"),
        "indicator_differs": marked("name says another thing"),
        "commitment_differs": marked("commitment differs"),
        "status_differs": marked("progress differs"),
        "claimed_twice": marked("used twice"),
        "unclaimed_number": marked("unclaimed number"),
        "target_unread": marked("target mentioned, not read"),
        "actual_unread": marked("result mentioned, not read"),
        "conflict_in_report": marked("contradiction in the report"),
        "conflict_between_reports": marked("contradiction between reports"),
        "witness_disagrees": marked("the rules read otherwise"),
        "hidden_text": marked("hidden text"),
        "suspicious_text": marked("suspicious text"),
        "text_left_out": marked("text left out"),
        "copies_differ": marked("copies differ"),
        "same_report": marked("same report"),
        "unsure_reading": marked("uncertain reading"),
        "repeated": marked("repeated"),
        "failed_chunk": marked("part not read"),
    },
    "verdict": {
        "approve": marked("Approve"),
        "correct": marked("Correct"),
        "reject": marked("Reject"),
        "add": marked("Add record"),
        "not_a_fact": marked("Not a fact"),
        "acknowledge": marked("Looked at"),
        "skip": marked("Skip"),
        "undo": marked("Undo"),
        "next": marked("Next"),
        "previous": marked("Previous"),
    },
    "done": {
        "approve": marked("Approved"),
        "correct": marked("Corrected"),
        "reject": marked("Rejected"),
        "add": marked("Record added"),
        "not_a_fact": marked("Marked as not a fact"),
        "acknowledge": marked("Marked as looked at"),
        "skip": marked("Skipped"),
        "undo": marked("Undone"),
    },
    "facet": {
        "state": marked("State"),
        "kind": marked("What it is"),
        "code": marked("Problems"),
        "type": marked("Record type"),
        "report": marked("Report"),
        "region": marked("Region"),
        "year": marked("Year"),
        "reviewer": marked("Reviewer"),
    },
    "sort": {
        "severity": marked("Most severe first"),
        "stakes": marked("Most important first"),
        "text": marked("In the order of the text"),
        "recent": marked("Most recently decided first"),
    },
    "figure_kind": {
        "level": marked("level"),
        "change": marked("change"),
        "rank": marked("rank"),
        "share": marked("share"),
    },
    "direction": {"increase": marked("increase"), "decrease": marked("decrease"), "": marked("–")},
    "modifier": {
        "exact": marked("exact"),
        "about": marked("about 左右"),
        "at_least": marked("at least 以上"),
        "more_than": marked("more than 超过"),
        "at_most": marked("at most 以内"),
        "less_than": marked("less than 不到"),
        "nearly": marked("nearly 近"),
        "range": marked("range 至"),
    },
    "commitment": {
        "": marked("–"),
        "ensure": marked("ensure 确保"),
        "strive": marked("strive 力争"),
        "expect": marked("expect 预期"),
    },
    "status": {
        "": marked("–"),
        "planned": marked("planned"),
        "under_way": marked("under way"),
        "completed": marked("completed"),
    },
    "field": {
        "type": marked("Type"),
        "indicator": marked("Indicator"),
        "category": marked("Category"),
        "period": marked("Period"),
        "commitment": marked("Commitment"),
        "status": marked("Status"),
        "start": marked("Evidence from"),
        "end": marked("Evidence to"),
        "value": marked("Value"),
        "upper": marked("Upper value"),
        "unit": marked("Unit"),
        "kind": marked("Kind"),
        "direction": marked("Direction"),
        "modifier": marked("Precision"),
        "quote": marked("Quote"),
        "figures": marked("Figures"),
    },
    "ledger": {
        "claimed": marked("in a record"),
        "excluded": marked("excluded"),
        "unclaimed": marked("unclaimed"),
        "date": marked("date"),
        "name": marked("name"),
        "ordinal": marked("ordinal"),
        "slogan": marked("slogan"),
        "threshold": marked("threshold"),
        "duration": marked("duration"),
    },
    "job": {
        "queued": marked("waiting"),
        "running": marked("running"),
        "done": marked("done"),
        "failed": marked("failed"),
        "cancelled": marked("cancelled"),
    },
    "engine": {"rules": marked("rules"), "llm": marked("language model")},
    "role": {
        "viewer": marked("viewer"),
        "reviewer": marked("reviewer"),
        "administrator": marked("administrator"),
    },
    "unknown": {"unknown": marked("unknown")},
}
"""Group → word of the contract → message. What is not listed is shown as it is, as data of others."""


def word(language: Language, group: str, value: object) -> str:
    """What a code is called in a language; the code itself where it has no name."""
    text = "" if value is None else str(value)
    message = WORDS[group].get(text) or WORDS["unknown"].get(text)
    return language.say(message) if message else text


def type_word(language: Language, name: str | None) -> str:
    """What a record type is called: as its own class says."""
    kind = record_types().get(name or "")
    if kind is None:
        return name or ""
    return language.one_of(kind.label_zh, kind.label_en) or kind.__name__


def facet_word(language: Language, facet: str, value: str, label: str) -> str:
    """What a value of a facet is called: a code by its name, anything else as it is labelled."""
    if facet == "type":
        return type_word(language, value)
    groups = {"state": "standing", "kind": "kind", "code": "code"}
    return word(language, groups.get(facet, "unknown"), label if facet == "report" else value)
