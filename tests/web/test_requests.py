"""What holds around every request, also one that is refused before it reaches a page, at every level of logging."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from elearning.app import create_app
from elearning.core.database import db
from elearning.core.logs import JsonFormatter, request_id
from elearning.core.settings import Settings
from tests.browser_without_scripts import DEMO_PASSWORD, fields_of, sign_in


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings that log every request, as a real site does."""
    return replace(settings, log_level="INFO", log_format="json")


@pytest.fixture
def lines(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:  # noqa: ARG001 - its logs
    """The lines that the site logs."""
    logging.getLogger("elearning").addHandler(caplog.handler)
    return caplog


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/xx/", 404),
        ("POST", "/en/sign-in", 400),
        ("POST", "/en/", 405),
        ("GET", "/en/my-learning", 302),
        ("GET", "/en/", 200),
    ],
)
def test_every_request_has_its_status_and_one_line_in_the_log(
    client: FlaskClient, lines: pytest.LogCaptureFixture, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    (record,) = [record for record in lines.records if record.name == "elearning.requests"]
    assert (record.method, record.path, record.status) == (method, path, status)  # type: ignore[attr-defined]
    assert answer.headers["X-Request-Id"]


def test_a_line_is_one_json_object_with_the_id_of_its_request() -> None:
    record = logging.makeLogRecord({"name": "elearning.test", "msg": "hello", "levelname": "INFO", "count": 3})
    request_id.set("of-this-request")
    written = json.loads(JsonFormatter().format(record))
    assert datetime.fromisoformat(written.pop("at")).utcoffset() == timedelta()
    assert written == {
        "level": "INFO",
        "logger": "elearning.test",
        "message": "hello",
        "request_id": "of-this-request",
        "count": 3,
    }


def test_an_id_that_is_no_id_is_not_taken_over(client: FlaskClient) -> None:
    given = "x" * 200
    assert client.get("/en/", headers={"X-Request-Id": given}).headers["X-Request-Id"] != given
    assert client.get("/en/", headers={"X-Request-Id": "proxy-12345678"}).headers["X-Request-Id"] == "proxy-12345678"


def test_too_much_at_once_is_a_page(settings: Settings) -> None:
    client = create_app(replace(settings, max_request_kib=16)).test_client()
    answer = client.post("/ar/report-a-problem", data={"text": "x" * 40_000})
    assert answer.status_code == 413
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert '<a class="button" href="/ar/">' in answer.text


@pytest.mark.usefixtures("demo_people")
def test_a_form_that_is_too_old_is_kept_and_goes_along_to_another_language(client: FlaskClient) -> None:
    fields = fields_of(client.get("/en/report-a-problem"), "/en/report-a-problem")
    client.delete_cookie("session")
    kept = client.post("/en/report-a-problem", data=fields.to_dict() | {"text": "Half a page"})
    assert kept.status_code == 400
    assert fields_of(kept, "/en/report-a-problem")["text"] == "Half a page"
    arabic = client.post("/ar/kept", data=fields_of(kept, "/en/kept"))
    assert '<html lang="ar" dir="rtl">' in arabic.text
    again = fields_of(arabic, "/en/report-a-problem")
    assert client.post("/en/report-a-problem", data=again).status_code == 303


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_a_form_of_another_site_is_not_offered_under_our_name(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/en/report-a-problem", data={"text": "Trap"}, headers=headers)
    assert answer.status_code == 400
    assert "Trap" not in answer.text


def test_a_kept_form_that_we_did_not_seal_is_refused(client: FlaskClient) -> None:
    page = client.get("/en/report-a-problem")
    token = fields_of(page, "/en/report-a-problem")["csrf_token"]
    assert client.post("/en/kept", data={"csrf_token": token, "kept": "made.up"}).status_code == 400


@pytest.mark.usefixtures("demo_people")
@pytest.mark.parametrize("path", ["/en/", "/en/nowhere", "/en/my-learning"])
def test_without_a_database_there_is_still_a_page_in_the_language_asked_for(
    settings: Settings, client: FlaskClient, app: Flask, path: str
) -> None:
    sign_in(client, "learner@example.org")
    with app.app_context():
        db.engine.dispose()
    for left in settings.data_dir.glob("elearning.db*"):
        left.unlink()
    assert client.get("/readyz").get_json()["reason"] == "the database file is gone"
    (settings.data_dir / "elearning.db").mkdir()
    answer = client.get(path)
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("query", ["endpoint=x", "_scheme=x", "_anchor=x", "_method=x", "_external=1", "lang=xx"])
def test_a_query_is_passed_on_as_it_came(client: FlaskClient, query: str) -> None:
    page = client.get(f"/en/?{query}")
    assert page.status_code == 200
    assert f'href="/ar/?{query}"' in page.text


def test_a_query_cannot_break_out_of_the_page(client: FlaskClient) -> None:
    page = client.get("/en/", query_string='a="><script>alert(1)</script>&b=%22')
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_behind_proxies_addresses_and_scheme_are_those_of_the_visitor(settings: Settings) -> None:
    forwarded = {
        "X-Forwarded-For": "203.0.113.9, 192.0.2.1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "learn.example.org",
    }
    seen: dict[int, tuple[str, bool]] = {}
    for hops in (0, 1):
        app = create_app(replace(settings, proxies=hops))
        app.add_url_rule("/where", "where", lambda: f"{request.remote_addr} {request.host}")
        answer = app.test_client().get("/where", headers=forwarded)
        seen[hops] = (answer.text, "Strict-Transport-Security" in answer.headers)
    assert seen == {0: ("127.0.0.1 localhost", False), 1: ("192.0.2.1 learn.example.org", True)}


@pytest.mark.parametrize("path", ["/en/courses/a%00b/", "/en/?a=%00", "/ar/simulations/%00"])
def test_an_address_with_a_nul_is_no_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_form_with_a_nul_is_refused(client: FlaskClient) -> None:
    fields = fields_of(client.get("/ar/report-a-problem"), "/ar/report-a-problem")
    answer = client.post("/ar/report-a-problem", data=fields.to_dict() | {"text": "a\0b"})
    assert answer.status_code == 400
    assert '<html lang="ar" dir="rtl">' in answer.text


@pytest.mark.usefixtures("demo_people")
@pytest.mark.parametrize("target", ["/%0d%0aX", "/\r\nSet-Cookie: a=b", "/\u2028"])
def test_a_way_back_with_a_line_break_is_not_taken(client: FlaskClient, target: str) -> None:
    page = client.get("/en/sign-in", query_string={"next": target.replace("%0d%0a", "\r\n")})
    fields = fields_of(page, "/en/sign-in").to_dict() | {"email": "learner@example.org", "password": DEMO_PASSWORD}
    assert client.post("/en/sign-in", data=fields).location == "/en/"


@pytest.mark.usefixtures("demo_people")
def test_over_https_a_browser_that_sends_no_referer_can_send_forms(client: FlaskClient) -> None:
    secure: dict[str, Any] = {"base_url": "https://localhost"}
    fields = fields_of(client.get("/en/sign-in", **secure), "/en/sign-in")
    filled = fields.to_dict() | {"email": "learner@example.org", "password": DEMO_PASSWORD}
    answer = client.post("/en/sign-in", data=filled, headers={"Sec-Fetch-Site": "same-origin"}, **secure)
    assert answer.status_code == 303


def test_browsers_that_ask_for_the_usual_icon_are_led_to_ours(client: FlaskClient) -> None:
    assert client.get("/favicon.ico").location.startswith("/static/icon.svg?v=")


@pytest.mark.usefixtures("demo_people")
def test_a_sign_in_lasts_when_the_browser_is_closed(client: FlaskClient) -> None:
    sign_in(client, "learner@example.org")
    cookie = client.get_cookie("session")
    assert cookie is not None
    assert cookie.expires is not None
    assert cookie.expires - datetime.now(UTC) > timedelta(days=29)


@pytest.mark.usefixtures("demo_people")
def test_the_first_address_leads_to_the_language_last_read(client: FlaskClient) -> None:
    asked = {"Accept-Language": "fr"}
    assert client.get("/", headers=asked).location == "/fr/"
    sign_in(client, "learner@example.org", "ar")
    assert client.get("/", headers=asked).location == "/ar/"
    client.get("/zh/courses/")
    client.get("/es/nowhere")  # a page that is not there says nothing of its reader
    assert client.get("/", headers=asked).location == "/zh/"
