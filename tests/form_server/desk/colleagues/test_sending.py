"""A referral is sent on from its page, and stays open until somebody has taken the patient."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from form_server.desk.colleagues.asked import named_for
from form_server.keys import move_referral
from form_server.ledger import Outcome, PlacementState, SourceKind
from form_server.ledger.tables import sought
from tests.form_server.desk.colleagues.people import DRINKING, a_colleague, an_out, iris, send
from tests.form_server.desk.colleagues.steps import (
    ask,
    page_of,
    sending_of,
    step,
    suggested,
    understand,
)
from tests.form_server.desk.colleagues.test_placing import case_of
from tests.form_server.desk.stage import Stage
from tests.form_server.desk.test_inboxes import owner, sam


def test_sent_on_from_the_first_suggestion_to_the_end(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    page = desk.get(page_of(referral)).text
    assert "Takes their plan: Regence" in page
    assert "2 openings as of Nov 14" in page
    assert "Speaks Spanish" in page
    assert "6 miles" in page

    ask(desk, referral, one)
    page = desk.get(page_of(referral)).text
    assert "Asked, no answer yet" in page
    assert "It stays open until somebody has taken them" in page
    assert "Said yes" in step(desk, referral, "accepted")
    assert "Placed. You can close it now" in step(desk, referral, "placed")
    desk.tap(referral, "reached")
    assert desk.actions(referral).count("placement.placed") == 1
    assert desk.ledger.colleagues.dealings()[one].given == 1


def test_nobody_ticked_is_said_and_nothing_is_noted(desk: Stage) -> None:
    iris(desk)
    referral = an_out(desk)
    answer = send(desk, page_of(referral), sending_of(referral), {})
    assert answer.status_code == 422
    assert "Tick whom you ask" in answer.text
    assert desk.ledger.placements.of_referral(referral.id) == []


def test_several_are_asked_at_once_and_who_declined_can_be_asked_again(desk: Stage) -> None:
    one, two, referral = iris(desk), a_colleague(desk), an_out(desk)
    ask(desk, referral, one, two)
    assert len(desk.ledger.placements.of_referral(referral.id)) == 2
    page = step(desk, referral, "declined")
    assert "Said no" in page
    assert "Ask again" in page
    assert "Asked, no answer yet" in step(desk, referral, "asked")


def test_a_step_that_does_not_follow_is_explained(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    ask(desk, referral, one)
    step(desk, referral, "declined")
    assert "That had changed meanwhile" in step(desk, referral, "placed")
    assert "That had changed meanwhile" in step(desk, referral, "nonsense")


def test_what_is_owed_never_moves_the_order(desk: Stage) -> None:
    """Given and received count for thank-yous; the same need is answered alike before and after."""
    desk.ledger.sources.add("alder-family", "Beth", SourceKind.COLLEAGUE, actor="test")
    facts = {"needs": (DRINKING,), "plans": ("Regence",), "languages": ("Spanish",), "miles": 5}
    names = ("Anna Able", "Beth Baker", "Cleo Carter")
    ids = [
        a_colleague(desk, name=name, source_code="alder-family" if "Beth" in name else "", **facts)
        for name in names
    ]
    referral = an_out(desk)
    before = suggested(desk, referral)
    assert before == list(names)

    for colleague_id, given in zip(ids, (0, 4, 2), strict=True):
        for _ in range(given):
            other = desk.receive()
            desk.ledger.placements.ask(other.id, [colleague_id], desk.founding.user_id)
            asked = desk.ledger.placements.of_referral(other.id)[0]
            desk.ledger.placements.step(
                other.id, asked.id, PlacementState.PLACED, desk.founding.user_id
            )
    desk.ledger.colleagues.thank(ids[2], actor="test")

    dealings = desk.ledger.colleagues.dealings()
    assert (dealings[ids[1]].given, dealings[ids[1]].received > 0) == (4, True)
    assert suggested(desk, referral) == before


def test_what_the_desk_understood_moves_the_order_and_is_sealed(desk: Stage) -> None:
    other = a_colleague(desk, name="Anna Able", needs=("a-custody-evaluation",))
    right = a_colleague(desk, name="Zoe Zimmer", needs=(DRINKING,), telehealth=("WA",))
    referral = an_out(desk, reasons=["other"], reason_labels=["Something else"])
    assert suggested(desk, referral) == ["Anna Able", "Zoe Zimmer"]

    understand(desk, referral, kind=[DRINKING], words="hoarding", online="yes", miles="20")

    assert suggested(desk, referral) == ["Zoe Zimmer", "Anna Able"]
    page = desk.get(sending_of(referral)).text
    assert "Online in WA" in page
    assert f'value="{DRINKING}" checked' in page
    assert 'value="hoarding"' in page
    assert 'value="20"' in page
    with desk.ledger._store.read() as connection:
        (row,) = connection.execute(sa.select(sought)).all()
    assert b"hoarding" not in row.sealed
    assert DRINKING.encode() not in row.sealed
    assert "referral.sought" in desk.actions(referral)
    assert {other, right} == {one.id for one in desk.ledger.colleagues.all()}


def test_miles_that_are_no_number_are_not_kept(desk: Stage) -> None:
    referral = an_out(desk)
    data = {"miles": "far", "kind": DRINKING}
    answer = send(desk, sending_of(referral), f"{sending_of(referral)}/need", data)
    assert answer.status_code == 422
    assert desk.ledger.placements.sought([referral.id]) == {}


def test_what_was_understood_moves_with_the_referral(desk: Stage) -> None:
    _, client, sams = sam(desk)
    iris(desk)
    referral = an_out(desk)
    understand(desk, referral, words="hoarding")

    move_referral(desk.ledger, owner(desk), referral.id, sams)

    assert 'value="hoarding"' in desk.get(sending_of(referral), client).text
    assert desk.get(sending_of(referral)).status_code == 404


def test_in_a_group_the_practice_comes_first(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    nora = desk.practice.clinicians[0]
    facts = nora.facts.model_copy(update={"name": "Sam Rivera", "languages": ("en", "es")})
    grouped = replace(
        desk.practice, clinicians=(nora, replace(nora, slug="sam-rivera", facts=facts))
    )
    monkeypatch.setitem(
        desk.app.extensions, "handoff-desk", replace(desk.desk, practice=lambda: grouped)
    )
    _, _, sams = sam(desk)
    a_colleague(desk, name="Anna Able", needs=("panic",), plans=("Regence",), languages=("es",))
    referral = desk.receive()

    page = desk.get(sending_of(referral)).text

    assert suggested(desk, referral) == ["Sam Rivera, LICSW", "Anna Able"]
    assert "In your practice" in page
    assert f'name="inbox" value="{sams}"' in page


def test_the_patient_is_told_names_in_their_language_and_no_reason(desk: Stage) -> None:
    one, two, referral = iris(desk), a_colleague(desk), an_out(desk)
    assert "What to tell them" not in desk.get(sending_of(referral)).text
    ask(desk, referral, one, two)
    page = desk.get(sending_of(referral)).text
    assert "Hola, Maria:" in page
    assert "Iris Okafor, PhD (North Fork Recovery), (360) 555-0161" in page
    assert "Omar Haddad" in page


def test_who_said_no_is_not_named_and_who_has_the_patient_stands_alone(desk: Stage) -> None:
    one, two, referral = iris(desk), a_colleague(desk), an_out(desk)
    ask(desk, referral, one, two)
    assert len(named_for(case_of(desk, referral))) == 2
    step(desk, referral, "declined", one)
    assert [each.name for each in named_for(case_of(desk, referral))] == ["Omar Haddad"]
    step(desk, referral, "asked", one)
    step(desk, referral, "placed", one)
    assert [each.name for each in named_for(case_of(desk, referral))] == ["Iris Okafor, PhD"]


def test_a_referral_that_fits_only_offers_the_way(desk: Stage) -> None:
    iris(desk)
    referral = desk.receive()
    page = desk.get(page_of(referral)).text
    assert "Find a colleague for them" in page
    assert "Iris Okafor" not in page


def test_a_closed_referral_shows_whom_it_went_to_and_changes_no_more(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    ask(desk, referral, one)
    step(desk, referral, "placed")
    desk.tap(referral, "reached")
    desk.ledger.steps.close(referral.id, Outcome.REDIRECTED, desk.founding.user_id)
    page = desk.get(page_of(referral)).text
    assert "The patient is with them" in page
    assert "Not yet after all" not in page
    assert desk.get(sending_of(referral)).status_code == 404
    asked = desk.ledger.placements.of_referral(referral.id)[0]
    late = send(
        desk, "/desk/colleagues/new", f"{sending_of(referral)}/{asked.id}", {"state": "accepted"}
    )
    assert late.status_code == 409


def test_a_colleague_who_was_removed_is_not_suggested_and_stays_named(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    ask(desk, referral, one)
    desk.ledger.colleagues.remove(one, actor="test")
    other = an_out(desk)
    assert "Iris Okafor" in desk.get(page_of(referral)).text
    assert suggested(desk, other) == []


def test_a_colleague_who_is_added_meanwhile_leads_back_to_who_needs_one(desk: Stage) -> None:
    referral = an_out(desk)
    add = f"/desk/colleagues/new?sending={referral.id}"
    assert add in desk.get(page_of(referral)).text
    assert add in desk.get(sending_of(referral)).text
    refused = send(desk, add, "/desk/colleagues", {"name": "", "sending": referral.id})
    assert f'name="sending" value="{referral.id}"' in refused.text
    answer = send(desk, add, "/desk/colleagues", {"name": "Ada Quinn", "sending": referral.id})
    assert answer.headers["Location"] == f"{sending_of(referral)}#who"
    assert suggested(desk, referral) == ["Ada Quinn"]


def test_once_placed_one_tap_closes_it_and_what_is_missing_is_asked_for(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    desk.tap(referral, "reached")
    ask(desk, referral, one)
    step(desk, referral, "accepted")
    page = desk.get(page_of(referral)).text
    assert "Close it as placed" not in page
    page = step(desk, referral, "placed")
    assert "Close it as placed" in page
    send(desk, page_of(referral), f"{page_of(referral)}/close", {"outcome": "redirected"})
    page = desk.get(page_of(referral)).text
    assert "Close it as placed" not in page
    assert "Write the note to Maria" in page


def test_the_time_line_says_whom_it_was_sent_on_to(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    other = a_colleague(desk, name="Omar Haddad")
    desk.tap(referral, "reached")
    ask(desk, referral, one, other)
    step(desk, referral, "declined", other)
    step(desk, referral, "accepted", one)
    page = step(desk, referral, "placed", one)
    line = page[page.index('class="line"') :]
    said = re.findall(r"<bdi>([^<]+)</bdi>", line[: line.index("</ol>")])
    assert "Asked Iris Okafor to take them on" in said
    assert "Omar Haddad said no" in said
    assert "Iris Okafor said yes" in said
    assert "The patient is with Iris Okafor" in said
