"""What a decision has changed in a record, field by field."""

from extract.desk.grounds import Changed
from extract.desk.model import Event
from extract.desk.pages.language import Language
from extract.desk.pages.record_form import CHOICES, values
from extract.desk.pages.words import type_word, word


def event_changes(event: Event, language: Language) -> tuple[tuple[str, str, str], ...]:
    """The fields that differ between the record before and after: label, before, after.

    A decision that left the record as it was has none; of an undo the same is said as of what it took back.
    """
    if event.before is None and event.after is None:
        return ()
    before, after = (values(record) if record else {} for record in (event.before, event.after))
    return tuple(
        (
            field_label(name, language),
            shown(name, before.get(name), language),
            shown(name, after.get(name), language),
        )
        for name in dict.fromkeys([*before, *after])
        if before.get(name, "") != after.get(name, "")
    )


def changed_words(one: Changed, language: Language) -> tuple[str, str, str]:
    """What has changed since a decision: label, before, now."""
    label = field_label("quote" if one.name == "evidence" else one.name, language)
    if not one.before and not one.now:
        return label, "", language.say("The text around it has changed.")
    return label, shown(one.name, one.before, language), shown(one.name, one.now, language)


def field_label(name: str, language: Language) -> str:
    """What a field is called; that of a figure with the figure's number."""
    field = word(language, "field", name.rsplit(".", 1)[-1])
    if not name.startswith("figures."):
        return field
    return f"{word(language, 'field', 'figures')} {int(name.split('.')[1]) + 1} · {field}"


def shown(name: str, value: str | None, language: Language) -> str:
    """The value of a field for people."""
    field = name.rsplit(".", 1)[-1]
    if not value:
        return ""
    if field == "type":
        return type_word(language, value)
    return word(language, CHOICES[field], value) if field in CHOICES else value
