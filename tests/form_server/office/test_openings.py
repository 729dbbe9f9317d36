"""Openings as the public site asks for them: current, from whoever counted last, or none at all."""

from __future__ import annotations

from datetime import date, timedelta

from form_server.ledger import NewOpening
from tests.form_server.office.house import House

TODAY = date(2026, 11, 23)  # the sample's folder counted three on November 16
SITE = "https://harborstreet.example"


def count(house: House, many: int, on: date = TODAY, first: date | None = None) -> None:
    (user, *_) = house.ledger.people.users()
    new = NewOpening("nora-ellison", "", "", "", many, first, on)
    house.ledger.openings.put(new, user_id=user.id)


def nora(house: House) -> dict[str, object]:
    answer = house.client.get("/openings.json")
    assert answer.status_code == 200
    assert answer.json is not None
    (one,) = answer.json["clinicians"]
    return dict(one)


def test_the_folders_own_openings_speak_until_somebody_counts(house: House) -> None:
    assert nora(house) == {
        "slug": "nora-ellison",
        "count": 3,
        "first_available_on": "2026-11-23",
        "as_of_on": "2026-11-16",
        "stale": False,
        "text": "3 openings on November 16, the first on Monday, November 23",
    }
    count(house, 1, first=date(2026, 12, 1))
    assert nora(house) == {
        "slug": "nora-ellison",
        "count": 1,
        "first_available_on": "2026-12-01",
        "as_of_on": "2026-11-23",
        "stale": False,
        "text": "1 opening on November 23, the first on Tuesday, December 1",
    }


def test_a_count_that_is_out_of_date_is_no_count(house: House) -> None:
    count(house, 2)
    house.clock.pass_by(timedelta(days=14))
    assert nora(house)["count"] == 2
    house.clock.pass_by(timedelta(days=1))
    stale = nora(house)
    assert (stale["count"], stale["first_available_on"], stale["stale"]) == (None, None, True)
    assert stale["text"] == ""


def test_a_page_of_a_large_group_asks_of_those_who_stand_on_it(house: House) -> None:
    for question, told in (
        ("nora-ellison", 1),
        ("somebody-else", 0),
        (",bo,nora-ellison", 1),
        ("", 1),
    ):
        answer = house.client.get("/openings.json", query_string={"of": question})
        assert answer.json is not None
        assert len(answer.json["clinicians"]) == told, question


def test_none_left_is_a_count(house: House) -> None:
    count(house, 0)
    assert (nora(house)["count"], nora(house)["stale"]) == (0, False)


def test_it_may_be_kept_for_a_minute_and_read_by_the_practices_own_site_alone(
    house: House,
) -> None:
    ours = house.client.get("/openings.json", headers={"Origin": SITE})
    assert ours.headers["Cache-Control"] == "public, max-age=60"
    assert ours.headers["Access-Control-Allow-Origin"] == SITE
    assert "Origin" in ours.headers["Vary"]
    assert ours.json is not None
    assert ours.json["as_of"] == "2026-11-23T19:20:00Z"
    theirs = house.client.get("/openings.json", headers={"Origin": "https://stranger.example"})
    assert "Access-Control-Allow-Origin" not in theirs.headers
