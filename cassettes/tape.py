"""How exchanges are kept: as YAML that people can read and that differs only where something changed.

Chinese stands as it is. Of headers only those stay that mean something to us, so no key and no cookie can get
in. Text that all requests of a recording share (the system message, the schema) is written once.
"""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import vcr
import yaml
from vcr.cassette import Cassette
from vcr.record_mode import RecordMode
from vcr.request import Request

FOLDER = Path(__file__).parent
HOST = "model.invalid"
"""Stands for whatever endpoint was recorded; nothing can be reached there."""
KEPT_HEADERS = frozenset({"content-type", "retry-after", "retry-after-ms"})
SHARED = "shared:"
LONG = 200
"""Characters from which on text is worth being written only once."""


class ReadableYaml:
    """The serializer of our tapes."""

    @staticmethod
    def serialize(tape: dict[str, Any]) -> str:
        """A tape as YAML."""
        shared: dict[str, Any] = {}
        exchanges = [
            {"request": _request_out(one["request"], shared), "response": _response_out(one["response"])}
            for one in tape["interactions"]
        ]
        content = {"version": tape["version"], "shared": shared, "exchanges": exchanges}
        return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        """A tape from YAML."""
        content = yaml.load(text, Loader=yaml.CSafeLoader)
        interactions = [
            {
                "request": _request_in(one["request"], content["shared"]),
                "response": _response_in(one["response"]),
            }
            for one in content["exchanges"]
        ]
        return {"version": content["version"], "interactions": interactions}


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _request_out(request: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    body = json.loads(request["body"])
    for message in body.get("messages", [])[:1]:
        message["content"] = _share(message["content"], "system", shared)
    kind = body.get("response_format")
    if isinstance(kind, dict) and "json_schema" in kind:
        kind["json_schema"] = _share(kind["json_schema"], "schema", shared)
    return {"method": request["method"], "uri": request["uri"], "body": body}


def _request_in(request: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    body = request["body"]
    for message in body.get("messages", [])[:1]:
        message["content"] = _unshare(message["content"], shared)
    kind = body.get("response_format")
    if isinstance(kind, dict) and "json_schema" in kind:
        kind["json_schema"] = _unshare(kind["json_schema"], shared)
    text = json.dumps(body, ensure_ascii=False)
    return {**request, "body": text, "headers": {"content-type": ["application/json"]}}


def _share(value: Any, kind: str, shared: dict[str, Any]) -> Any:
    if len(json.dumps(value, ensure_ascii=False)) < LONG:
        return value
    for name, known in shared.items():
        if known == value:
            return f"{SHARED}{name}"
    name = f"{kind}-{len(shared) + 1}"
    shared[name] = value
    return f"{SHARED}{name}"


def _unshare(value: Any, shared: dict[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith(SHARED):
        return copy.deepcopy(shared[value.removeprefix(SHARED)])
    return value


def _response_out(response: dict[str, Any]) -> dict[str, Any]:
    raw = response["body"]["string"]
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    try:
        body = {"json": json.loads(text)}
    except ValueError:
        body = {"text": text}
    headers = {name: value[0] for name, value in response["headers"].items()}
    return {"status": response["status"]["code"], "headers": headers, **body}


def _response_in(response: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(response["json"], ensure_ascii=False) if "json" in response else response["text"]
    return {
        "status": {"code": response["status"], "message": ""},
        "headers": {name: [value] for name, value in response["headers"].items()},
        "body": {"string": text},
    }


def _bare_request(request: Request) -> Request:
    """A request without its host and its headers."""
    bare = copy.copy(request)
    parts = urlsplit(request.uri)
    bare.uri = urlunsplit(("http", HOST, parts.path, "", ""))
    bare.headers = {"content-type": "application/json"}
    return bare


def _bare_response(response: dict[str, Any]) -> dict[str, Any]:
    kept = {name.lower(): value for name, value in response["headers"].items()}
    return {**response, "headers": {name: kept[name] for name in sorted(KEPT_HEADERS & kept.keys())}}


@contextmanager
def tape(path: Path, mode: RecordMode = RecordMode.NONE, *, prune: bool = False) -> Iterator[Cassette]:
    """Replay a tape, or record one.

    Args:
        path: of the tape.
        mode: `NONE` lets nothing through to the network; `NEW_EPISODES` replays what is there and records
            the rest, so that a recording that broke off goes on.
        prune: forget what was on the tape and not asked for again.
    """
    library = vcr.VCR(
        match_on=["method", "path", "body"],
        before_record_request=_bare_request,
        before_record_response=_bare_response,
        decode_compressed_response=True,
    )
    library.register_serializer("readable", ReadableYaml)
    path.parent.mkdir(parents=True, exist_ok=True)
    with library.use_cassette(
        str(path), serializer="readable", record_mode=mode, drop_unused_requests=prune
    ) as cassette:
        yield cassette
