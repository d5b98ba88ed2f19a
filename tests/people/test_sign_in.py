"""Signing in and out, as a browser without scripts does it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from elearning.people.demo import DEMO_PASSWORD

pytestmark = pytest.mark.usefixtures("demo_people")


def token_of(text: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found
    return found[1]


def sign_in(
    client: FlaskClient, email: str = "learner@example.org", password: str = DEMO_PASSWORD, **fields: str
) -> TestResponse:
    token = token_of(client.get("/en/sign-in").text)
    return client.post("/en/sign-in", data={"csrf_token": token, "email": email, "password": password, **fields})


def test_right_password_opens_a_session(client: FlaskClient) -> None:
    assert sign_in(client).status_code == 303
    assert "Demo learner" in client.get("/en/").text


def test_wrong_password_and_unknown_address_look_the_same(client: FlaskClient) -> None:
    wrong = sign_in(client, password="not the password")
    unknown = sign_in(client, email="nobody@example.org")

    assert "do not belong together" in wrong.text
    assert re.sub(r"learner@|nobody@|value=\"[^\"]*\"", "", wrong.text) == re.sub(
        r"learner@|nobody@|value=\"[^\"]*\"", "", unknown.text
    )


def test_sign_in_pauses_after_failures_for_that_machine_only(app: Flask, client: FlaskClient) -> None:
    for _ in range(app.config["SIGN_IN_LIMIT"]):
        sign_in(client, password="not the password")

    refused = sign_in(client)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0

    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_in(elsewhere).status_code == 303


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(client: FlaskClient, target: str) -> None:
    assert sign_in(client, next=target).location == "/en/"


def test_sign_out_ends_the_session_also_for_a_copied_cookie(client: FlaskClient) -> None:
    sign_in(client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    copied = cookie.value
    page = client.get("/en/")
    client.post("/en/sign-out", data={"csrf_token": token_of(page.text)})

    client.set_cookie("session", copied)
    assert "Demo learner" not in client.get("/en/").text


def test_language_switch_keeps_what_was_typed(client: FlaskClient) -> None:
    token = token_of(client.get("/en/sign-in").text)
    page = client.post("/ar/sign-in", data={"csrf_token": token, "email": "typed@example.org", "switch-language": "ar"})

    assert page.status_code == 200
    assert 'value="typed@example.org"' in page.text
    assert '<html lang="ar" dir="rtl">' in page.text


def test_forms_without_a_token_are_refused(client: FlaskClient) -> None:
    page = client.post(
        "/en/sign-in",
        data={"email": "learner@example.org", "password": DEMO_PASSWORD},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert page.status_code == 400
    assert "Demo learner" not in client.get("/en/").text


def test_demo_accounts_are_closed_outside_demo_mode(app: Flask, client: FlaskClient) -> None:
    app.config["DEMO"] = False

    assert "do not belong together" in sign_in(client).text
