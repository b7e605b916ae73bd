"""What the pages say and where they lead."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.desk.accounts import users
from extract.desk.app import create_app
from extract.desk.facets import FacetCount
from extract.desk.filters import parse_filter
from extract.desk.ingest import Taking, sync
from extract.desk.labels import report_labels
from extract.desk.listing import Queue
from extract.desk.model import Role
from extract.desk.pages.queue import SHORT, queue_page
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from tests.desk.conftest import HERE, NOW
from tests.desk.pages.hostile import text_of

ORIGIN = {"origin": HERE}
PASSWORD = "correct horse battery"


def first_item(client: TestClient, query: str = "") -> str:
    """The address of the first item of a queue."""
    found = re.search(r'class="item" href="([^"]+)"', client.get(f"/queue?{query}").text)
    assert found
    return found[1].replace("&amp;", "&")


def sent(client: TestClient, address: str, **fields: str) -> dict[str, str]:
    """The form of an item as a browser would send it, with some fields filled otherwise."""
    page = client.get(address).text
    form = dict(re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', page.split("data-record")[1]))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = chosen[1] if chosen else ""
    return form | fields


def test_the_filter_travels_with_previous_and_next(client: TestClient) -> None:
    """Every link on the page of an item keeps the filter of its address."""
    address = first_item(client, "state=any&type=goal&sort=text")
    page = client.get(address).text
    links = re.findall(r'rel="(?:next|prev)" href="([^"]+)"', page)
    assert links
    assert all(link.endswith("?state=any&amp;type=goal&amp;sort=text") for link in links)


def test_a_field_that_is_no_filter_is_a_wrong_address(client: TestClient) -> None:
    """On every page that takes one; it says what to do next."""
    for path in ("/queue", first_item(client), "/bulk/approve"):
        page = client.get(path, params={"password": "x"})
        assert page.status_code == 400
        assert "地址无效" in page.text


def test_an_untouched_form_approves(client: TestClient) -> None:
    """What a browser sends of a form that nobody has changed changes nothing."""
    address = first_item(client)
    form = sent(client, address, verdict="approve")
    done = client.post(address, data=form, headers=ORIGIN, follow_redirects=False)
    assert done.status_code == 303
    assert "已批准" in client.get(done.headers["location"]).text


def test_approving_changed_fields_is_refused_and_keeps_them(client: TestClient) -> None:
    """Approval is for what stands there; a correction is its own verdict."""
    address = first_item(client)
    form = sent(client, address, verdict="approve", indicator="另一个指标")
    page = client.post(address, data=form, headers=ORIGIN)
    assert page.status_code == 422
    assert 'value="另一个指标"' in page.text
    assert "更正" in text_of(page.text)


def test_a_correction_of_nothing_is_said_beside_the_first_field(client: TestClient) -> None:
    """And above the form."""
    address = first_item(client)
    page = client.post(address, data=sent(client, address, verdict="correct"), headers=ORIGIN)
    assert page.status_code == 422
    assert re.search(r'id="f-indicator"[^>]*aria-invalid="true" aria-describedby="f-indicator-e"', page.text)
    assert re.search(r'id="f-indicator-e">还没有改动', page.text)


def test_a_wrong_place_is_not_hidden(client: TestClient) -> None:
    """The part of the form in which it stands is open."""
    address = first_item(client)
    assert '<details open><summary class="small">' not in "".join(client.get(address).text.split("\n"))
    form = sent(client, address, verdict="correct", **{"figures.0.start": "x"})
    page = client.post(address, data=form, headers=ORIGIN)
    box = page.text[: page.text.index('id="f-figures-0-start"')]
    assert "open" in box[box.rindex("<details") :][:14]


def test_a_correction_that_gives_no_record_says_which_field(client: TestClient) -> None:
    """What was entered is still there."""
    address = first_item(client)
    form = sent(client, address, verdict="correct", **{"figures.0.value": "不少"})
    page = client.post(address, data=form, headers=ORIGIN)
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert 'value="不少"' in page.text


def test_the_same_form_sent_twice_decides_once(client: TestClient) -> None:
    """A double click or a resent request makes no second event."""
    address = first_item(client)
    form = sent(client, address, verdict="reject")
    for _ in range(2):
        assert client.post(address, data=form, headers=ORIGIN, follow_redirects=False).status_code == 303
    assert client.get(address).text.count("<li>\n          <span") == 1


def test_pages_come_in_the_language_that_was_chosen(client: TestClient) -> None:
    """For good, and with `lang` for screen readers; the report's own words stay Chinese."""
    assert '<html lang="zh-Hans"' in client.get("/queue").text
    client.post("/settings/look", data={"language": "en", "back": "/queue"}, headers=ORIGIN)
    page = client.get("/queue").text
    assert '<html lang="en"' in page
    assert "Start reviewing" in page
    assert 'lang="zh-Hans"' in page


def test_colours_are_those_of_the_system_until_they_are_chosen(client: TestClient) -> None:
    """And the choice is kept."""
    assert 'data-theme="auto"' in client.get("/queue").text
    client.post("/settings/look", data={"theme": "dark", "back": "/queue"}, headers=ORIGIN)
    assert 'data-theme="dark"' in client.get("/queue").text


def test_a_page_that_is_not_there_says_where_to_go(client: TestClient) -> None:
    """In words, without a trace of the inside."""
    for path in (
        "/items/nothing",
        "/reports/nothing",
        "/nothing",
        "/bulk/undo",
        "/reports/..%2f..%2fetc%2fpasswd",
    ):
        page = client.get(path)
        assert page.status_code in {404, 405}, path
        assert "/queue" in page.text
        assert "Traceback" not in page.text


def test_the_bulk_page_shows_the_count_and_a_changed_count_decides_nothing(client: TestClient) -> None:
    """Nobody approves more, or others, than they were shown."""
    page = client.get("/bulk/approve").text
    count = re.search(r'id="count">(\d+)<', page)
    assert count
    other = client.post("/bulk/approve", data={"expected": int(count[1]) + 1}, headers=ORIGIN)
    assert other.status_code == 409
    assert "没有处理任何一条" in other.text
    done = client.post("/bulk/approve", data={"expected": count[1]}, headers=ORIGIN)
    assert f"已处理 {count[1]} 条" in done.text


@pytest.fixture
def team(settings: DeskSettings, store: Store) -> Iterator[TestClient]:
    """A desk that wants a login."""
    users.add_user(store, "lin", PASSWORD, Role.ADMINISTRATOR)
    users.add_user(store, "vera", PASSWORD, Role.VIEWER)
    with TestClient(create_app(settings, store), base_url=HERE, raise_server_exceptions=False) as client:
        yield client


def test_who_is_not_known_is_led_to_the_login_and_back(team: TestClient) -> None:
    """The filter is not lost on the way."""
    asked = team.get("/queue?code=unit_differs", follow_redirects=False)
    assert asked.headers["location"] == "/login?next=/queue%3Fcode%3Dunit_differs"
    page = team.get(asked.headers["location"]).text
    assert 'value="/queue?code=unit_differs"' in page
    form = {"name": "lin", "password": PASSWORD, "back": "/queue?code=unit_differs"}
    done = team.post("/login", data=form, headers=ORIGIN, follow_redirects=False)
    assert done.headers["location"] == "/queue?code=unit_differs"


def test_a_wrong_password_says_what_to_do(team: TestClient) -> None:
    """And not whether there is such a user."""
    pages = [
        team.post("/login", data={"name": name, "password": "wrong"}, headers=ORIGIN)
        for name in ("lin", "nobody")
    ]
    assert [page.status_code for page in pages] == [401, 401]
    assert text_of(pages[0].text) == text_of(pages[1].text)


def test_a_viewer_sees_no_verdicts_and_gives_none(team: TestClient) -> None:
    """The buttons are missing, and the server refuses all the same."""
    team.post("/login", data={"name": "vera", "password": PASSWORD}, headers=ORIGIN)
    address = first_item(team)
    page = team.get(address).text
    assert 'name="verdict"' not in page
    assert "readonly" in page
    refused = team.post(address, data={"verdict": "approve", "version": "1"}, headers=ORIGIN)
    assert refused.status_code == 403


def test_posts_of_another_site_are_refused_on_every_page(client: TestClient) -> None:
    """Whatever the route, before anything is read."""
    item = first_item(client)
    for path in (
        item,
        f"{item}/take",
        "/bulk/approve",
        "/bulk/undo/x",
        "/upload",
        "/settings/look",
        "/settings/keys",
        "/logout",
    ):
        assert client.post(path, data={}, headers={"origin": "https://evil.example"}).status_code == 403, path


def test_issues_of_the_whole_report_stand_on_its_page(
    client: TestClient, results: Path, store: Store
) -> None:
    """In the language of the page; those of an open number stand with that number."""
    path = results / "yunzhou-2025.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    row = content["ledger"][0]
    row |= {"state": "unclaimed", "record_id": None}
    issue = {"severity": "warning", "message": "正文有隐藏文字。", "message_en": "Hidden words.", "spans": []}
    of_number = {"code": "unclaimed_number", "message": "数字。", "message_en": "A number of an item."}
    content["issues"] = [
        issue | {"code": "hidden_text"},
        issue | of_number | {"spans": [{"start": row["start"], "end": row["end"]}]},
    ]
    path.write_text(json.dumps(content), encoding="utf-8")
    sync(store, Taking(results, NOW + 1))
    chinese = text_of(client.get("/reports/yunzhou-2025").text)
    english = text_of(client.get("/reports/yunzhou-2025", headers={"accept-language": "en"}).text)
    assert "正文有隐藏文字。 隐藏文字" in chinese
    assert "Hidden words. hidden text" in english
    assert "A number of an item" not in english
    assert [one["code"] for one in client.get("/api/reports/yunzhou-2025").json()["issues"]] == [
        "hidden_text"
    ]


def test_reports_of_one_title_can_be_told_apart(client: TestClient, results: Path, store: Store) -> None:
    """By region, year and id: in the overview, the list of reports and the queue."""
    for path in results.glob("yunzhou-*.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        content["report"]["title"] = "政府工作报告"
        path.write_text(json.dumps(content), encoding="utf-8")
    sync(store, Taking(results, NOW + 1))
    rows = client.get("/api/reports").json()
    assert len(rows) == 2
    for address in ("/overview", "/reports", "/queue?state=any"):
        page = text_of(client.get(address).text)
        for row in rows:
            assert f"{row['region']} {row['report_year']} · {row['id']}" in page, address


def test_a_facet_of_many_values_shows_the_most_frequent_and_leads_to_all() -> None:
    """A thousand reports are no list to choose from; what is in force is shown however rare it is."""
    values = tuple(FacetCount(f"r{n:03}", f"r{n:03}", 100 - n, n == 70) for n in range(80))
    found = Queue((), 0, 1, 1, {"report": values, "kind": (FacetCount("record", "record", 3, chosen=False),)})
    wanted = parse_filter([("report", "r070")])
    kind, report = queue_page(wanted, found, can_decide=True).facets
    assert (kind.name, len(kind.choices), kind.hidden) == ("kind", 1, 0)
    assert [one.value for one in report.choices] == [*(f"r{n:03}" for n in range(SHORT)), "r070"]
    assert report.hidden == 80 - SHORT - 1
    assert report.whole == "report=r070&whole=report"
    _, report = queue_page(wanted, found, {"report"}, can_decide=True).facets
    assert (len(report.choices), report.hidden) == (80, 0)


def test_all_values_of_a_facet_are_an_address_of_their_own(client: TestClient) -> None:
    """It is no filter, and says nothing to the links of the filter."""
    page = client.get("/queue?whole=report&sort=text")
    assert page.status_code == 200
    assert re.findall(r'class="item" href="/items/[^"?]+\?sort=text"', page.text)


def test_a_report_of_a_title_of_its_own_is_called_by_it() -> None:
    """One without any, or of nowhere, by what is known of it."""
    names = [
        ("a", "题", "云州市", 2024),
        ("b", "", None, 2025),
        ("c", "同", None, None),
        ("d", "同", "云州市", 2025),
    ]
    assert report_labels(names) == {"a": "题", "b": "2025 · b", "c": "c", "d": "云州市 2025 · d"}
