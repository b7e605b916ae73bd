"""What others wrote stays words, wherever it stands: in a report, a name, a model's answer, a comment, a key."""

import json
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from extract.desk.desk import Desk
from extract.desk.ingest import Taking, sync
from extract.desk.pages.keys import DEFAULT_KEYS
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from tests.desk.conftest import NOW
from tests.desk.pages.hostile import BREAKOUT, HOSTILE, SCRIPT, faults, text_of

REPORT = "yunzhou-2025"


def poisoned(content: dict[str, Any]) -> dict[str, Any]:
    """A result in which every text that comes from outside holds a script."""
    content["report"] |= {"title": HOSTILE, "region": HOSTILE}
    for record in content["records"]:
        record |= {
            "indicator": HOSTILE + record["id"],
            "category": HOSTILE,
            "period": HOSTILE,
            "state": "flagged",
        }
        record["evidence"] |= {"quote": HOSTILE, "section": HOSTILE}
        record["issues"] = [
            {"code": BREAKOUT, "severity": "error", "message": HOSTILE, "message_en": HOSTILE, "spans": []}
        ]
        for figure in record["figures"]:
            figure |= {"text": HOSTILE, "unit": HOSTILE, "period": HOSTILE}
    content["issues"].append(content["records"][0]["issues"][0] | {"code": "suspicious_text"})
    for row in content["ledger"][:40]:
        row |= {"text": HOSTILE, "unit": HOSTILE, "reason": HOSTILE, "state": "unclaimed", "record_id": None}
    for section in content["sections"]:
        section["title"] = HOSTILE
    content["chunks"][0] |= {"status": "failed", "error": HOSTILE}
    content["completeness"] |= {"complete": False, "notes": [HOSTILE]}
    content["manifest"]["engine"] = HOSTILE
    return content


@pytest.fixture
def client(results: Path, store: Store, client: TestClient, settings: DeskSettings) -> TestClient:
    """A desk on poisoned results."""
    path = results / f"{REPORT}.json"
    path.write_text(json.dumps(poisoned(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
    sync(store, Taking(results, NOW + 1))
    return client


def keys_of(client: TestClient, query: str) -> list[str]:
    """Keys of the items of a filter."""
    page = client.get(f"/queue?{query}").text
    return [part.split('"')[0].split("?")[0] for part in page.split('class="item" href="/items/')[1:]]


def test_an_item_shows_a_script_as_words(client: TestClient) -> None:
    """Report text, quote, model values, issues, headings, units: all on the page of an item."""
    for kind in ("record", "number", "chunk"):
        (key, *_) = keys_of(client, f"kind={kind}")
        for code in ("zh", "en"):
            page = client.get(f"/items/{key}", headers={"accept-language": code})
            assert page.status_code == 200
            assert faults(page.text) == [], (kind, code)
            assert kind == "number" or SCRIPT in text_of(page.text)
            assert "alert(2)>49" not in page.text, "no template within data"


def test_every_page_shows_a_script_as_words(client: TestClient) -> None:
    """Titles, regions, codes and quotes in lists, facets and charts."""
    for path in (
        "/queue",
        "/queue?state=any",
        "/reports",
        f"/reports/{REPORT}",
        "/overview",
        "/bulk/approve",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        assert faults(page.text) == [], path
        assert SCRIPT in text_of(page.text), path


def decided(client: TestClient, key: str, **fields: str) -> Response:
    """The answer to a verdict on the version that the item's page shows."""
    page = client.get(f"/items/{key}").text
    version = page.split('name="version" value="')[1].split('"')[0]
    return client.post(
        f"/items/{key}", data={"version": version} | fields, headers={"origin": str(client.base_url)}
    )


def test_a_comment_is_words_in_the_history(client: TestClient) -> None:
    """Also one that fills a field of the form again."""
    (key, *_) = keys_of(client, "kind=record")
    decided(client, key, verdict="approve", why=f"</textarea>{HOSTILE}")
    page = client.get(f"/items/{key}").text
    assert f"</textarea>{SCRIPT}" in text_of(page)
    assert faults(page) == []


def test_a_correction_is_words_everywhere(client: TestClient) -> None:
    """In the fields, the history and the page of a conflict."""
    (key, *_) = keys_of(client, "kind=record")
    sent = {"verdict": "correct", "indicator": f"{HOSTILE}新", "category": BREAKOUT}
    assert decided(client, key, **sent).status_code == 200, "the next item, after a redirect"
    stale = decided(client, key, **sent, version="1")
    assert stale.status_code == 409
    for page in (client.get(f"/items/{key}").text, stale.text):
        assert faults(page) == []
        assert f"{SCRIPT}" in text_of(page)


def test_a_filter_value_is_words(client: TestClient) -> None:
    """A value of a filter is shown as a chip that can be removed."""
    page = client.get("/queue", params={"region": HOSTILE, "code": BREAKOUT})
    assert page.status_code == 200
    assert faults(page.text) == []


def test_a_key_is_a_key_and_nothing_else(client: TestClient) -> None:
    """The map of keys takes one character each; anything else is refused and shown as words."""
    page = client.post("/settings/keys", data={"approve": HOSTILE}, headers={"origin": str(client.base_url)})
    assert page.status_code == 422
    assert faults(page.text) == []
    assert 'data-key="&#34;"' not in client.get("/queue").text


def test_every_key_can_be_changed(client: TestClient) -> None:
    """Each action that has one."""
    mine = dict(zip(DEFAULT_KEYS, "1234567890", strict=True))
    assert (
        client.post("/settings/keys", data=mine, headers={"origin": str(client.base_url)}).status_code == 200
    )
    for action, key in mine.items():
        assert f'id="key-{action}" name="{action}" value="{key}"' in client.get("/settings").text


def test_a_notice_is_made_of_known_words_alone(client: TestClient) -> None:
    """What a page says about the one before comes in a cookie, which anybody can write."""
    client.cookies.set("desk_notice", f"approve.{HOSTILE}.1")
    assert faults(client.get("/queue").text) == []
    client.cookies.set("desk_notice", "bulk.//evil.1")
    assert "evil" not in client.get("/queue").text


def test_the_name_of_an_upload_is_words_or_refused(client: TestClient) -> None:
    """It is shown beside the job."""
    page = client.post(
        "/upload",
        files={"files": ("<img src=x onerror=alert(2)>.txt", "政府工作报告".encode())},
        headers={"origin": str(client.base_url)},
    )
    assert faults(page.text) == []
    assert faults(client.get("/jobs").text) == []


def test_the_address_of_an_error_is_no_way_out(client: TestClient, desk: Desk) -> None:
    """Language and theme come back to where the reader was, and only here."""
    for back in (
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\n/evil",
    ):
        sent = client.post(
            "/settings/look",
            data={"back": back, "language": "en"},
            headers={"origin": str(client.base_url)},
            follow_redirects=False,
        )
        assert sent.headers["location"] == "/queue"
    assert desk.store


@pytest.fixture
def desk(client: TestClient) -> Desk:
    """The desk behind the pages."""
    found: Desk = client.app.state.desk  # type: ignore[attr-defined]
    return found
