"""Servers as people use them: each has its own path, its way of taking a key, what it takes and how it refuses.

Seen in their documentation and in public reports; see docs/endpoints.md, which has a recipe for each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .faults import Response, completion, error
from .server import Manner

Answer = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Provider:
    """One kind of server.

    Attributes:
        manner: how it speaks HTTP.
        refuses: why it does not take a request, or None.
        usage: its block of usage, made from prompt and answer tokens.
        message: fields that its messages have besides the content.
        query: that the base URL needs.
        settings: what extract.toml has to say.
        refused: how many requests it costs to find out what it takes.
        mode: that is found out.
    """

    manner: Manner
    mode: str
    refuses: Callable[[Mapping[str, Any]], Response | None] = lambda _body: None
    usage: Callable[[int, int], Mapping[str, Any]] = lambda prompt, answer: {
        "prompt_tokens": prompt,
        "completion_tokens": answer,
        "total_tokens": prompt + answer,
    }
    message: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    settings: str = ""
    refused: int = 0

    def behaving(self, answer: Answer) -> Callable[[Mapping[str, Any]], Response]:
        """It, giving these answers where it takes a request."""

        def behave(body: Mapping[str, Any]) -> Response:
            refusal = self.refuses(body)
            if refusal is not None:
                return refusal
            text = answer(body)
            content = completion(text, tools="tools" in body)
            content["choices"][0]["message"] |= self.message
            prompt = sum(len(message["content"]) for message in body["messages"])
            content["usage"] = self.usage(prompt, len(text))
            return Response("answered", 200, content)

        return behave


def locked(body: Any) -> Response:
    """What is said to a wrong key."""
    return Response("locked", 401, body)


def form_of(body: Mapping[str, Any]) -> str:
    """How JSON is asked for."""
    return str(body.get("response_format", {}).get("type", "tools" if "tools" in body else "text"))


def _openai(body: Mapping[str, Any]) -> Response | None:
    if "max_tokens" in body:
        said = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        return error(400, said, "unsupported_parameter")
    if body.get("temperature", 1) != 1:
        said = "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."
        return error(400, said, "unsupported_value")
    return None


def _deepseek(body: Mapping[str, Any]) -> Response | None:
    if form_of(body) == "json_schema":
        return error(400, "This response_format type is unavailable now", "invalid_request_error")
    if "tools" in body:
        return error(400, "Thinking mode does not support this tool_choice", "invalid_request_error")
    if form_of(body) == "json_object" and "json" not in str(body["messages"]).lower():
        said = (
            "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'."
        )
        return error(400, said, "invalid_request_error")
    return None


def _qwen(body: Mapping[str, Any]) -> Response | None:
    before = "<400> InternalError.Algo.InvalidParameter: "
    if body.get("enable_thinking") is not False:
        said = "parameter.enable_thinking must be set to false for non-streaming calls"
        return error(400, said, "invalid_parameter_error")
    if form_of(body) == "json_schema":
        said = "'response_format.type' must be one of 'text', 'json_object'; json_schema is not supported"
        return error(400, before + said, "invalid_parameter_error")
    return None


def _ollama(body: Mapping[str, Any]) -> Response | None:
    if body["model"] != "loopback":
        return error(404, f"model '{body['model']}' not found")
    return None


PROVIDERS: Mapping[str, Provider] = {
    "OpenAI": Provider(
        Manner(),
        mode="json_schema",
        refuses=_openai,
        usage=lambda prompt, answer: {
            "prompt_tokens": prompt,
            "completion_tokens": answer,
            "total_tokens": prompt + answer,
            "prompt_tokens_details": {"cached_tokens": prompt // 2, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0},
        },
        message={"refusal": None, "annotations": []},
        refused=2,
    ),
    "Azure": Provider(
        Manner(
            base="/openai/deployments/loopback",
            header="api-key",
            query="api-version=2024-10-21",
            locked=locked(
                {
                    "error": {
                        "code": "401",
                        "message": "Access denied due to invalid subscription key or wrong API endpoint.",
                    }
                }
            ),
            lost=Response("lost", 404, {"error": {"code": "404", "message": "Resource not found"}}),
            models=None,
        ),
        mode="json_schema",
        query="?api-version=2024-10-21",
        message={"refusal": None},
    ),
    "DeepSeek": Provider(
        Manner(
            base="",
            locked=locked(
                {
                    "error": {
                        "message": "Authentication Fails, Your api key: ****0001 is invalid",
                        "type": "authentication_error",
                        "param": None,
                        "code": "invalid_request_error",
                    }
                }
            ),
        ),
        mode="json",
        refuses=_deepseek,
        usage=lambda prompt, answer: {
            "prompt_tokens": prompt,
            "completion_tokens": answer,
            "total_tokens": prompt + answer,
            "prompt_cache_hit_tokens": prompt // 2,
            "prompt_cache_miss_tokens": prompt - prompt // 2,
        },
        refused=2,
    ),
    "Qwen": Provider(
        Manner(
            base="/compatible-mode/v1",
            locked=locked(
                {
                    "error": {
                        "message": "Incorrect API key provided.",
                        "type": "invalid_request_error",
                        "param": None,
                        "code": "invalid_api_key",
                    },
                    "request_id": "1",
                }
            ),
        ),
        mode="tools",
        refuses=_qwen,
        message={"reasoning_content": ""},
        settings="[parameters]\ntemperature = 0\nenable_thinking = false\n",
        refused=1,
    ),
    "vLLM": Provider(
        Manner(locked=locked({"error": "Unauthorized"})),
        mode="json_schema",
        usage=lambda prompt, answer: {
            "prompt_tokens": prompt,
            "total_tokens": prompt + answer,
            "completion_tokens": answer,
            "prompt_tokens_details": None,
        },
        message={"reasoning_content": None, "tool_calls": []},
    ),
    "Ollama": Provider(Manner(key=None), mode="json_schema", refuses=_ollama),
    "llama.cpp": Provider(
        Manner(
            locked=locked(
                {"error": {"code": 401, "message": "Invalid API Key", "type": "authentication_error"}}
            )
        ),
        mode="json_schema",
    ),
}
"""By the name that the recipes have."""
