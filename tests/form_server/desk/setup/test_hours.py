"""Hours and promise changed at the desk: what is typed, and who follows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from form_server.desk.console import Desk
from form_server.desk.entry.sessions import begin_session
from form_server.housekeeping import follow_practice
from form_server.ledger import DeliveryKind, NewUser, Role
from form_server.settings import ClockSettings, Often
from form_server.vault import KeyPair
from outreach_kit.promise import promise_by
from tests.form_server.desk.stage import Stage, hidden
from tests.form_server.office.house import ENOUGH, House, build_house, draw_blueprint

WEEK: dict[str, str] = {f"{day}day": "9:00-18:00" for day in ("mon", "tues", "wednes", "thurs")}
FORM: dict[str, str] = {**WEEK, "holidays": "US-WA", "number": "4", "unit": "hours"}
URL = "https://refer.harborstreet.example"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    quiet = ClockSettings(digest=Often.OFF, drill=False)
    house = build_house(draw_blueprint(folder / "founded"), folder / "var", clock=quiet)
    yield house
    house.services.close()


def owner_of(house: House) -> FlaskClient:
    """A browser in which a further owner is signed in."""
    pair, user_id = KeyPair.generate(), house.ledger.new_id()
    public = pair.public.to_bytes()
    new = NewUser(user_id, "Kim Lee", "kim@example.org", Role.OWNER, public, b"locked")
    house.ledger.people.add_user(new, [], actor="test")
    desk = house.app.extensions["handoff-desk"]
    assert isinstance(desk, Desk)
    secret = begin_session(desk, house.ledger.people.user(user_id), pair.private, "")
    client = house.client
    domain = URL.removeprefix("https://")
    client.set_cookie("__Host-desk", secret.token, domain=domain, secure=True)
    return client


def refer(house: House, name: str) -> dict[str, Any]:
    said = {**ENOUGH, "reasons": ["panic"], "patient_agreed": True, "patient_name": name}
    answer = house.client.post("/referrals", json=said, base_url=URL)
    assert answer.status_code == 201, answer.text
    found = json.loads(answer.text)
    assert isinstance(found, dict)
    return found


def test_form_promise_and_reminders_follow_the_desk_without_a_restart(house: House) -> None:
    follow = follow_practice(house.services)
    client = owner_of(house)
    before = refer(house, "Before Change")
    assert "within 4 working hours" in house.client.get("/refer/", base_url=URL).text

    page = client.get("/desk/settings/hours", base_url=URL).text
    token = hidden(page, "csrf_token")
    changed = {**WEEK, "holidays": "none", "number": "2", "unit": "hours", "csrf_token": token}
    answer = client.post(
        "/desk/settings/hours", data=changed, base_url=URL, headers={"Origin": URL}
    )
    assert answer.status_code == 303, answer.text

    assert "within 2 working hours" in house.client.get("/refer/", base_url=URL).text
    after = refer(house, "After Change")
    now, practice = house.clock(), house.services.practice
    by = promise_by(now, practice.hours, practice.promise, practice.time_zone)
    promised = {one.receipt: one.promised_by for one in house.referrals()}
    assert promised[after["receipt"]] == by
    assert promised[before["receipt"]] - by == timedelta(hours=2)  # a promise given stays
    house.clock.pass_by(timedelta(minutes=90))  # of two hours: time for a reminder, of four not
    follow()
    follow()
    reminded = {
        house.ledger.referrals.get(one.referral_id).receipt
        for referral in house.referrals()
        for one in house.ledger.deliveries.of_referral(referral.id)
        if one.referral_id and one.kind in (DeliveryKind.REMINDER, DeliveryKind.ESCALATION)
    }
    assert after["receipt"] in reminded


def save(desk: Stage, changes: dict[str, Any]) -> Any:
    token = hidden(desk.get("/desk/settings/hours").text, "csrf_token")
    return desk.post("/desk/settings/hours", {**FORM, "csrf_token": token, **changes})


def test_hours_may_be_typed_in_short_and_stand_as_hours(desk: Stage) -> None:
    assert save(desk, {"friday": "9-12, 13-17"}).status_code == 303

    assert 'value="9:00-12:00, 13:00-17:00"' in desk.get("/desk/settings/hours").text
    assert desk.actions().count("setting.changed") == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"friday": "late"}, "Friday"),
        ({"number": "soon"}, "not a whole number"),
        ({"number": ""}, "one clock"),
        ({"number": "90"}, "The promise"),
        ({"holidays": "Mars"}, "Public holidays"),
        (dict.fromkeys(WEEK, ""), "No day has hours"),
        ({"close_from": "2026-12-24", "close_to": "2026-12-01"}, "before it begins"),
        ({"close_from": "2020-12-24"}, "in the past"),
        ({"close_from": "Christmas"}, "not a day"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_changes_nothing(
    desk: Stage, changes: dict[str, str], said: str
) -> None:
    answer = save(desk, changes)

    assert answer.status_code == 422
    assert said in answer.text
    assert dict(desk.ledger.desk_settings.all()) == {}


def test_a_closing_is_added_day_by_day_and_a_day_can_be_opened_again(desk: Stage) -> None:
    save(desk, {"close_from": "2026-12-23", "close_to": "2026-12-24"})
    page = desk.get("/desk/settings/hours").text
    assert "Closed on Wed, Dec\u00a023, 2026" in page
    assert "Closed on Thu, Dec\u00a024, 2026" in page

    save(desk, {"keep": "2026-12-24"})

    page = desk.get("/desk/settings/hours").text
    assert "Dec\u00a023" not in page
    assert "Dec\u00a024" in page


def test_undo_brings_back_what_held_before(desk: Stage) -> None:
    save(desk, {"number": "2"})
    token = {"csrf_token": hidden(desk.get("/desk/settings/hours").text, "csrf_token")}

    assert desk.post("/desk/settings/hours/undo", token).status_code == 303
    assert 'name="number" inputmode="numeric" value="4"' in desk.get("/desk/settings/hours").text
    assert desk.actions().count("setting.undone") == 2


def test_the_folder_can_have_the_word_again(desk: Stage) -> None:
    save(desk, {"number": "2"})
    token = {"csrf_token": hidden(desk.get("/desk/settings/hours").text, "csrf_token")}

    assert desk.post("/desk/settings/hours/folder", token).status_code == 303
    page = desk.get("/desk/settings/hours").text
    assert 'value="4"' in page
    assert "Use what the practice folder says" not in page


def test_saving_what_holds_already_writes_nothing(desk: Stage) -> None:
    seen = {"seen_within": "10"}
    assert save(desk, seen).status_code == 303

    assert dict(desk.ledger.desk_settings.all()) == {}
