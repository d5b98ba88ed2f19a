"""What every page promises: a language, headers, error pages with a way back, health addresses."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearning.translations.languages import LANGUAGES, Language


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
