"""Parameters that an endpoint does not take: found out from its refusal once, and remembered.

Models that think take no `temperature` but their own. What one endpoint calls `max_tokens` another knows only as
`max_completion_tokens`, and neither takes the other name. Such a refusal says nothing about the question, so the
question is sent again without the parameter, or with its other name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

Changes = Mapping[str, str | None]
"""By the name of a parameter the name that it goes by instead, or None where it is left out."""

NO_CHANGES: Final[Changes] = {}
OTHER_NAMES: Final[Mapping[str, str]] = {
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": "max_tokens",
}
"""The limit of an answer. It is renamed, never left out: nobody wants to pay for answers without an end."""
OPTIONAL: Final = frozenset({"temperature"})
"""What can be left out. Whatever else a request says was set by the user, and is not dropped unasked."""
FORMAT: Final = frozenset({"response_format", "tools", "tool_choice"})
"""How JSON is asked for; another mode is the answer to their refusal."""

_NOT_TAKEN = re.compile(
    r"unsupported|not (?:be )?(?:support|allow|permit|recogni|accept)|n['’]t (?:support|allow|accept)"
    r"|unrecogni[sz]ed|unknown|unexpected|extra (?:inputs|fields)|unavailable|deprecated|不支持|不允许|不可用|未知",
    re.IGNORECASE,
)
_OWN_VALUE = re.compile(
    r"only (?:the default |a value of )?\(?[\d.]+\)?.{0,12}(?:allowed|supported|permitted|accepted)|(?:must|should|can|may)"
    r" (?:only )?be (?:set to |exactly )?[\d.]+(?![\d.]*\s*(?:and|to|or|-|~))|strictly positive|只(?:能|支持|允许)",
    re.IGNORECASE,
)
"""Words of models that take one value only, their own: what can be left out is left out then."""
_CODES = frozenset({"unsupported_parameter", "unsupported_value", "unknown_parameter", "extra_forbidden"})


def refused_parameter(sent: Iterable[str], body: object) -> str | None:
    """The parameter that an endpoint says it does not take.

    A parameter that it takes, only not with this value (`max_tokens is too large`), is none.

    Args:
        sent: the names in the request.
        body: of the refusal, as JSON has it, or text.

    Returns:
        None where it names none of them, or complains of something else.
    """
    names = frozenset(sent)
    said = said_in(body)
    fields: Mapping[str, Any] = body if isinstance(body, dict) else {}
    if fields.get("code") not in _CODES and not _NOT_TAKEN.search(said):
        named = next((word for word in re.findall(r"\w+", said) if word in names), None)
        return named if named in OPTIONAL and _OWN_VALUE.search(said) else None
    if fields.get("param") in names:
        return str(fields["param"])
    return next((word for word in re.findall(r"\w+", said) if word in names), None)


def said_in(body: object) -> str:
    """The words of a refusal, wherever in its body they stand: a message, or a list of faults with their places."""
    if not isinstance(body, dict):
        return "" if body is None else str(body)
    for key in ("message", "detail"):
        if isinstance(faults := body.get(key), dict):
            faults = faults.get("detail")
        if isinstance(faults, list):
            return "; ".join(_fault(one) for one in faults)
        if faults:
            return str(faults)
    return ""


def _fault(one: object) -> str:
    """One fault of a list as FastAPI makes it, without the input, which may be the whole question."""
    if not isinstance(one, dict):
        return str(one)
    place = one.get("loc")
    where = ".".join(map(str, place)) if isinstance(place, list) else str(place or "")
    return f"{where}: {one.get('msg', '')}"


def adapted(changes: Changes, refused: Sequence[str]) -> Changes | None:
    """What to change after a refusal.

    Args:
        changes: made so far.
        refused: the parameters that the endpoint refused in this question, the latest last.

    Returns:
        All changes from now on; None where nothing can be done: it is not for us to drop, or neither name is taken.
    """
    name = refused[-1]
    if name in OPTIONAL:
        return {**changes, name: None}
    other = OTHER_NAMES.get(name)
    if other is None or other in refused:
        return None
    if changes.get(other) == name:  # the change itself is refused: the endpoint is another one by now
        return {known: new for known, new in changes.items() if known != other}
    return {**changes, name: other}


def changed(parameters: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """The parameters as an endpoint takes them."""
    if not changes:
        return dict(parameters)
    named = ((changes.get(name, name), value) for name, value in parameters.items())
    return {name: value for name, value in named if name is not None}
