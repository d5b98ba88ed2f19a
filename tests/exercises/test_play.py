"""Players rely on: each decision counts once, nothing is lost, and the debrief tells the road that was taken."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.exercises.models import Attempt, AttemptEvent
from tests.browser_without_scripts import fields_of, fill_in, send, sign_in

pytestmark = pytest.mark.usefixtures("demo_people", "site_content")
CASE = "/en/simulations/rising-water"
CHOICE = re.compile(r'<button class="choice" name="choice" value="([^"]+)"')


@pytest.fixture
def player(client: FlaskClient) -> FlaskClient:
    """Somebody signed in."""
    sign_in(client, "learner@example.org")
    return client


def begin(player: FlaskClient, variant: str = "base", language: str = "en") -> str:
    """Begin to play; return the address of the play."""
    case = CASE.replace("/en/", f"/{language}/")
    return send(player, case, f"{case}/start", variant=variant).request.path


def play_to_the_end(player: FlaskClient, address: str, which: int = 0) -> int:
    """Take the first, second or third choice each time; return how many decisions it took."""
    decisions = 0
    while choices := CHOICE.findall(player.get(address).text):
        send(player, address, choice=choices[min(which, len(choices) - 1)])
        decisions += 1
        assert decisions < 50
    return decisions


def test_a_guest_sees_what_a_case_is_about_and_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert "Sign in to play" in client.get(CASE).text
    assert client.get(f"{CASE}/attempts/1").status_code == 302


@pytest.mark.parametrize("address", ["/en/simulations/none", "/ar/simulations/none", f"{CASE}/attempts/99"])
def test_what_does_not_exist_is_a_page_with_a_way_back(player: FlaskClient, address: str) -> None:
    page = player.get(address)
    assert page.status_code == 404
    assert f'href="/{address[1:3]}/"' in page.text


@pytest.mark.parametrize("variant", ["base", "asia-pacific", "west-and-central-africa"])
@pytest.mark.parametrize("which", [0, 2])
def test_a_case_is_played_to_its_debrief(player: FlaskClient, session: Session, variant: str, which: int) -> None:
    address = begin(player, variant)
    decisions = play_to_the_end(player, address, which)
    attempt = session.scalars(select(Attempt)).one()
    assert (attempt.decisions, attempt.variant) == (decisions, variant)
    assert attempt.ended_at is not None
    page = player.get(f"{address}/debrief").text
    assert page.count('class="kicker"><span class="phase') == decisions
    assert "<svg" in page
    assert f"{attempt.score} of 100 points" in player.get("/en/my-learning").text


def test_the_numbers_of_the_variant_stand_in_the_text(player: FlaskClient) -> None:
    assert "28,000" in player.get(begin(player, "asia-pacific")).text


def test_a_decision_is_one_request_that_shows_what_it_did_and_what_comes_next(player: FlaskClient) -> None:
    address = begin(player)
    page = player.post(address, data=fields_of(player.get(address), address) | {"choice": "convene"})
    assert page.status_code == 200
    assert "What your decision did" in page.text
    assert "+15" in page.text
    assert "Who counts?" in page.text


def test_a_decision_that_is_sent_twice_counts_once(player: FlaskClient, session: Session) -> None:
    address = begin(player)
    fields = fields_of(player.get(address), address) | {"choice": "convene"}
    first, second = player.post(address, data=fields), player.post(address, data=fields)
    assert "Who counts?" in first.text
    assert "Who counts?" in second.text
    assert len(session.scalars(select(AttemptEvent)).all()) == 1


def test_a_decision_from_a_second_tab_is_not_taken_for_another(player: FlaskClient, session: Session) -> None:
    address = begin(player)
    one, other = (fields_of(player.get(address), address) for _ in range(2))
    player.post(address, data=one | {"choice": "convene"})
    late = player.post(address, data=other | {"choice": "alarm"})
    assert late.status_code == 409
    assert "You had already decided here" in late.text
    assert "Who counts?" in late.text
    assert len(session.scalars(select(AttemptEvent)).all()) == 1


def test_going_back_to_choose_otherwise_is_told_that_it_is_too_late(player: FlaskClient, session: Session) -> None:
    address = begin(player)
    fields = fields_of(player.get(address), address)
    player.post(address, data=fields | {"choice": "convene"})
    late = player.post(address, data=fields | {"choice": "alarm"})
    assert late.status_code == 409
    assert "You had already decided here" in late.text
    assert "Who counts?" in late.text
    assert [event.event["choice"] for event in session.scalars(select(AttemptEvent)).all()] == ["convene"]


def test_going_back_to_begin_another_variant_is_another_play(player: FlaskClient, session: Session) -> None:
    fields = fields_of(player.get(CASE), f"{CASE}/start")
    variants = ("base", "asia-pacific", "base", "asia-pacific")
    begun = [
        player.post(f"{CASE}/start", data=fill_in(fields.copy(), {"variant": variant})).location for variant in variants
    ]
    assert begun[:2] == begun[2:]
    assert [attempt.variant for attempt in session.scalars(select(Attempt)).all()] == ["base", "asia-pacific"]


def test_a_choice_that_is_not_offered_is_refused(player: FlaskClient, session: Session) -> None:
    address = begin(player)
    fields = fields_of(player.get(address), address)
    for choice in ("lanes", "nonsense", ""):
        assert player.post(address, data=fields | {"choice": choice}).status_code == 409
    assert session.scalars(select(AttemptEvent)).all() == []


def test_a_decision_sent_after_signing_out_is_kept(player: FlaskClient, session: Session) -> None:
    address = begin(player)
    fields = fields_of(player.get(address), address) | {"choice": "convene"}
    player.post("/en/sign-out", data=fields_of(player.get("/en/"), "/en/sign-out"))
    page = player.post(address, data=fields)
    assert page.status_code in {400, 401}
    if page.status_code == 400:
        page = player.post(address, data=fields_of(page, address))
    again = fields_of(page, "/en/sign-in")
    again["email"], again["password"] = "learner@example.org", "demo-password"
    page = player.post("/en/sign-in", data=again)
    assert "Who counts?" in player.post(address, data=fields_of(page, address)).text
    assert len(session.scalars(select(AttemptEvent)).all()) == 1


def test_a_play_goes_on_in_another_language(player: FlaskClient, session: Session) -> None:
    address = begin(player)
    send(player, address, choice="convene")
    play_to_the_end(player, address.replace("/en/", "/ar/"))
    assert len(session.scalars(select(Attempt)).all()) == 1


def test_nobody_sees_the_plays_of_others(player: FlaskClient) -> None:
    address = begin(player)
    player.post("/en/sign-out", data=fields_of(player.get("/en/"), "/en/sign-out"))
    sign_in(player, "manager@example.org")
    assert player.get(address).status_code == 404
    assert player.get(f"{address}/debrief").status_code == 404


def move(session: Session, address: str, **values: str) -> None:
    """Let a play be of another case or version: one that the store does not hold."""
    attempt = session.get(Attempt, int(address.rpartition("/")[2]))
    assert attempt is not None
    for name, value in values.items():
        setattr(attempt, name, value)
    session.commit()


def test_a_play_of_a_lost_version_is_shown_as_far_as_it_is_known(player: FlaskClient, session: Session) -> None:
    lost, going_on = begin(player), begin(player, "asia-pacific")
    play_to_the_end(player, lost)
    move(session, lost, version="0" * 16)
    for address in ("/en/my-learning", CASE):
        page = player.get(address)
        assert page.status_code == 200
        assert f'href="{going_on}"' in page.text
        assert lost not in page.text
        assert "of 100 points" in page.text
        assert page.text.count("This version is no longer kept.") == 1
    assert "The river rises" in player.get("/en/my-learning").text
    assert player.get(lost).status_code == 404


def test_a_play_of_a_case_that_is_gone_is_shown_by_its_name(player: FlaskClient, session: Session) -> None:
    move(session, begin(player), case="gone-case", version="0" * 16)
    page = player.get("/ar/my-learning")
    assert page.status_code == 200
    assert "<h3><bdi>gone-case</bdi></h3>" in page.text
    assert "/gone-case" not in page.text


def test_the_survey_of_a_case_is_for_those_who_finished_it(player: FlaskClient) -> None:
    address = begin(player)
    assert player.get("/en/feedback/case/rising-water").status_code == 404
    play_to_the_end(player, address)
    assert player.get("/en/feedback/case/rising-water").status_code == 200


def test_starting_twice_with_one_form_is_one_play(player: FlaskClient, session: Session) -> None:
    fields = fields_of(player.get(CASE), f"{CASE}/start")
    first, second = (player.post(f"{CASE}/start", data=fields) for _ in range(2))
    assert first.location == second.location
    assert len(session.scalars(select(Attempt)).all()) == 1
