"""Long reports: what is sent stays small, and nothing of it is missing."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.desk.app import create_app
from extract.desk.ingest import Taking, sync
from extract.desk.settings import DeskSettings
from extract.desk.store import default_url, open_store
from tests.desk.browser.long_report import CHARACTERS, REPORT, long_results, long_text
from tests.desk.conftest import HERE, NOW

LARGEST_REPORT = 1_000_000
LARGEST_ITEM = 60_000


def test_every_number_is_drawn_once_and_an_item_sends_a_window_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """60,000 characters with 2,000 numbers: under a megabyte as a whole, and a twentieth of that beside an item."""
    text = long_text()
    assert len(text) >= CHARACTERS
    out = long_results(tmp_path)
    monkeypatch.chdir(tmp_path)
    store = open_store(default_url(out))
    sync(store, Taking(out, NOW))
    settings = DeskSettings(out, default_url(out), watch=False)
    with TestClient(create_app(settings, store), base_url=HERE) as client:
        report = client.get(f"/reports/{REPORT}").text
        found = client.get("/queue?state=any&sort=text").text.split('class="item" href="')[30]
        item = client.get(found.split('"')[0].replace("&amp;", "&")).text
    store.close()
    article = report.split("<article")[1].split("</article>")[0]
    assert article.count(' id="n') >= 2_000
    assert len(report.encode()) < LARGEST_REPORT
    assert 'class="ev' in item
    assert len(item.encode()) < LARGEST_ITEM
