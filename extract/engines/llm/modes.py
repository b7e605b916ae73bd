"""How an answer in JSON is asked for: what an endpoint can do differs, so it is found out once and remembered.

    json_schema  a strict schema, enforced by the endpoint
    tools        the schema as the parameters of a function that has to be called
    json         the endpoint promises JSON; the schema stands in the system message
    text         nothing is promised; the schema stands in the system message

With `auto` the first question of a run tries them in this order until one is not refused.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, Literal

from extract.engines.llm.exchange import Request
from extract.engines.llm.parameters import NO_CHANGES, Changes, changed

Mode = Literal["json_schema", "tools", "json", "text"]
MODES: Final[tuple[Mode, ...]] = ("json_schema", "tools", "json", "text")
AUTO: Final = "auto"

SCHEMA_INTRODUCTION = "只输出一个 JSON 对象，不要输出其他文字。它必须符合以下 JSON Schema："
REASK = "上一个回答不合要求：{error}\n请改正，重新输出完整的 JSON，不要解释。"
LONGEST_ERROR = 600
"""Characters of an error that go back to the model: enough for the first few places, never a whole answer."""
LONGEST_ANSWER = 24_000
"""Characters of the rejected answer that go back to the model."""


class Bodies:
    """Builds request bodies; what depends on the schema alone is built once."""

    def __init__(self) -> None:
        self._frames: dict[tuple[int, str, Mode], tuple[Mapping[str, Any], dict[str, Any], str]] = {}

    def body(
        self,
        request: Request,
        mode: Mode,
        rejected: tuple[str, str] | None = None,
        changes: Changes = NO_CHANGES,
    ) -> dict[str, Any]:
        """The body of one exchange.

        Args:
            request: the question.
            mode: how JSON is asked for.
            rejected: the latest answer that was no good, and why. Only the latest: the prompt does not grow.
            changes: of parameters that the endpoint does not take.
        """
        extras, appendix = self._frame(request, mode)
        messages = [dict(message) for message in request.messages]
        if appendix and messages:
            messages[0]["content"] += appendix
        if rejected:
            answer, error = rejected
            messages.append({"role": "assistant", "content": answer[:LONGEST_ANSWER]})
            messages.append({"role": "user", "content": REASK.replace("{error}", error[:LONGEST_ERROR])})
        return {
            "model": request.model,
            "messages": messages,
            **changed(request.parameters, changes),
            **extras,
        }

    def _frame(self, request: Request, mode: Mode) -> tuple[dict[str, Any], str]:
        # By identity: a run has one schema object per purpose. The frame holds it, so its id stays taken.
        key = (id(request.schema), request.schema_name, mode)
        if key not in self._frames:
            self._frames[key] = (request.schema, *_frame(request.schema, request.schema_name, mode))
        return self._frames[key][1:]


def _frame(schema: Mapping[str, Any], name: str, mode: Mode) -> tuple[dict[str, Any], str]:
    """What a mode adds to the body, and to the system message."""
    if mode == "json_schema":
        named = {"name": name, "schema": schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": named}}, ""
    if mode == "tools":
        function = {"name": name, "parameters": schema}
        chosen = {"type": "function", "function": {"name": name}}
        return {"tools": [{"type": "function", "function": function}], "tool_choice": chosen}, ""
    text = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    extras = {"response_format": {"type": "json_object"}} if mode == "json" else {}
    return extras, f"\n\n{SCHEMA_INTRODUCTION}\n{text}"


def after(mode: Mode) -> Mode | None:
    """The next simpler mode, or None."""
    place = MODES.index(mode) + 1
    return MODES[place] if place < len(MODES) else None


def as_mode(name: str | None) -> Mode | None:
    """A mode by its name, or None for a name that is none."""
    return name if name in MODES else None
