"""A session cookie that was verified once is remembered: nothing may leak by that, and a forged one stays refused."""

import pytest
from flask import Flask, flash, get_flashed_messages, session
from flask.testing import FlaskClient

from elearning.web.security import SignedCookies


@pytest.fixture
def client() -> FlaskClient:
    app = Flask(__name__)
    app.secret_key = "of this test"
    app.session_interface = SignedCookies()

    @app.get("/put/<name>/<value>")
    def put(name: str, value: str) -> str:
        session[name] = value
        return "kept"

    @app.get("/say/<text>")
    def say(text: str) -> str:
        flash(text)
        return "said"

    @app.get("/")
    def show() -> dict[str, str]:
        return {name: str(value) for name, value in session.items()}

    @app.get("/messages")
    def messages() -> list[str]:
        return [str(message) for message in get_flashed_messages()]

    return app.test_client()


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("session")
    assert found is not None
    return found.value


def test_the_same_cookie_always_says_the_same(client: FlaskClient) -> None:
    client.get("/put/person/one")
    first = cookie(client)
    assert client.get("/").json == {"person": "one"}
    client.get("/put/person/two")
    assert client.get("/").json == {"person": "two"}
    client.set_cookie("session", first)
    assert client.get("/").json == {"person": "one"}


def test_a_forged_cookie_is_refused_before_and_after_its_model_was_remembered(client: FlaskClient) -> None:
    client.get("/put/person/one")
    true = cookie(client)
    for _ in range(2):
        assert client.get("/").json == {"person": "one"}
        for forged in (true[:-5] + ("A" if true[-5] != "A" else "B") + true[-4:], true + "x", true.split(".")[0]):
            client.set_cookie("session", forged)
            assert client.get("/").json == {}
        client.set_cookie("session", true)


def test_messages_are_shown_once_and_not_to_a_cookie_from_before(client: FlaskClient) -> None:
    client.get("/put/person/one")
    before = cookie(client)
    client.get("/say/first")
    with_message = cookie(client)
    for _ in range(2):
        client.set_cookie("session", with_message)
        client.get("/say/second")
    assert client.get("/messages").json == ["first", "second"]
    client.set_cookie("session", before)
    assert client.get("/messages").json == []
