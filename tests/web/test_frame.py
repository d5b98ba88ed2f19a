"""What every page promises: a language, headers, error pages with a way back, health addresses."""

import html
import shutil
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from elearning.core.settings import Settings
from elearning.translations.languages import LANGUAGES, Language
from elearning.web.errors import PAGES


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_first_page_says_its_language_and_direction(client: FlaskClient, language: Language) -> None:
    page = client.get(f"/{language.code}/")

    assert page.status_code == 200
    assert f'<html lang="{language.code}" dir="{language.direction}">' in page.text


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("ar-EG,en;q=0.5", "/ar/"),
        ("de,zh-Hant;q=0.8,en;q=0.7", "/zh/"),
        ("de", "/en/"),
        ("", "/en/"),
        ("fr;q=x", "/en/"),
    ],
)
def test_root_negotiates(client: FlaskClient, accepted: str, expected: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})

    assert (answer.status_code, answer.location, "Accept-Language" in answer.vary) == (302, expected, True)


@pytest.mark.parametrize("address", ["/xx/", "/de/courses/", "/ar/no-such-page", "/nothing"])
def test_unknown_addresses_are_404_with_a_way_back(client: FlaskClient, address: str) -> None:
    page = client.get(address, follow_redirects=True)

    assert page.status_code == 404
    way_back = "/ar/" if address.startswith("/ar/") else "/en/"
    assert f'<a class="button" href="{way_back}">' in page.text


def test_pages_carry_a_strict_policy(client: FlaskClient) -> None:
    headers = client.get("/en/").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_health(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready"}


def test_not_ready_while_the_schema_is_old(app: Flask, client: FlaskClient) -> None:
    app.extensions["elearning_schema_head"] = "9999"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "expected 9999" in answer.get_json()["reason"]


def test_a_fault_is_a_page_and_a_log_line_not_a_traceback(app: Flask, client: FlaskClient) -> None:
    @app.get("/<lang>/fault")
    def fault() -> str:
        raise RuntimeError("secret detail")

    page = client.get("/en/fault")

    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert "secret detail" not in page.text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429, 500])
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_error_is_a_page_in_the_language_of_its_address_with_a_way_back(
    app: Flask, client: FlaskClient, published_content: Path, settings: Settings, language: Language, status: int
) -> None:
    shutil.copytree(published_content, settings.data_dir, dirs_exist_ok=True)
    app.add_url_rule("/<lang>/refused", "refused", lambda: abort(status))

    page = client.get(f"/{language.code}/refused")

    assert page.status_code == status
    assert f'<html lang="{language.code}" dir="{language.direction}">' in page.text
    assert f'<a class="button" href="/{language.code}/">' in page.text
    with app.test_request_context(f"/{language.code}/"):
        title, english = str(PAGES[status].title), str(PAGES[status].title._args[0])
    assert title in html.unescape(page.text)
    assert (title == english) is (language.code == "en")


def test_a_pause_says_how_long_it_is(app: Flask, client: FlaskClient) -> None:
    @app.get("/<lang>/pause")
    def pause() -> str:
        raise TooManyRequests(retry_after=5)

    page = client.get("/en/pause")

    assert page.headers["Retry-After"] == "5"
    assert "You can try again in 5 seconds." in page.text
