"""Who agreed to be listed leaves for the website, with what is public about them and nothing else."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import date, timedelta

from outreach_kit.practice import ColleaguesFile
from tests.form_server.desk.colleagues.people import IRIS, a_colleague, send
from tests.form_server.desk.stage import Stage

LISTED = "/desk/colleagues/listed"
AGREED = date(2026, 2, 1)


def listing(desk: Stage) -> ColleaguesFile:
    return ColleaguesFile.model_validate(tomllib.loads(desk.get(LISTED).text))


def agreeing(desk: Stage, **facts: object) -> str:
    said = dataclasses.replace(IRIS, public_on=AGREED, notes="Slow to answer.", **facts)  # type: ignore[arg-type]
    return desk.ledger.colleagues.add(said, actor="test").id


def test_only_who_agreed_is_listed_and_only_what_is_public(desk: Stage) -> None:
    agreeing(desk, fax="(360) 555-0162", sliding_scale=True, telehealth=("WA",))
    a_colleague(desk, name="Nobody Asked", phone="(360) 555-0177")

    (one,) = listing(desk).colleague

    assert (one.name, one.agreed_on, one.town) == ("Iris Okafor", AGREED, "Mill Creek")
    assert one.takes == ("Substance dependence as the main concern", "grief")
    assert (one.youngest, one.languages, one.online_in) == (16, ("English", "Spanish"), ("WA",))
    text = desk.get(LISTED).text
    for private in ("iris@northfork", "555-0162", "Slow", "miles", "openings", "Nobody"):
        assert private not in text, private
    assert desk.actions()[-1] == "colleagues.listed"


def test_a_consent_that_is_taken_back_or_lies_ahead_lists_nobody(desk: Stage) -> None:
    one = agreeing(desk)
    assert len(listing(desk).colleague) == 1
    tomorrow = desk.practice.today(desk.clock()) + timedelta(days=1)
    for public_on in (None, tomorrow):
        facts = dataclasses.replace(IRIS, public_on=public_on)
        desk.ledger.colleagues.change(one, facts, actor="test")
        assert listing(desk).colleague == ()


def test_who_was_removed_is_not_listed(desk: Stage) -> None:
    one = agreeing(desk)
    desk.ledger.colleagues.remove(one, actor="test")
    assert listing(desk).colleague == ()


def test_the_page_offers_the_list_and_names_whom_it_cannot_show(desk: Stage) -> None:
    assert LISTED not in desk.get("/desk/colleagues").text
    a_colleague(desk)
    page = desk.get("/desk/colleagues").text
    assert "Nobody here agrees to be listed in public." in page
    agreeing(desk)
    agreeing(desk, name="Old Number", website="somewhere")
    page = desk.get("/desk/colleagues").text
    assert "1 of 3 agreed to be listed in public." in page
    assert "<bdi>Old Number</bdi> is left out" in page
    assert LISTED in page
    assert [one.name for one in listing(desk).colleague] == ["Iris Okafor"]


def test_saying_yes_at_the_desk_is_enough(desk: Stage) -> None:
    one = a_colleague(desk, name="Omar Haddad", phone="(360) 555-0173")
    edit = f"/desk/colleagues/{one}/edit"
    fields = {"name": "Omar Haddad", "phone": "(360) 555-0173", "public_on": "2026-11-02"}
    assert send(desk, edit, f"/desk/colleagues/{one}", fields).status_code == 303
    assert [found.agreed_on for found in listing(desk).colleague] == [date(2026, 11, 2)]
