"""The waitlist at the desk: a place, the word that keeps the promise, and whose turn it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from form_server.ledger import Outcome, Referral, WaitsFor
from tests.form_server.desk.group import Group

TEEN: dict[str, Any] = {
    "reasons": ["teen-low"],
    "reason_labels": ["Teen gone quiet"],
    "age_band": "teen",
}


def join(group: Group, one: Referral, **changes: str) -> str:
    fields = {"clinician": "", "wanted": "any", "weeks": "4", "told": "reached", **changes}
    answer = group.step(one, group.nora, "waitlist", **fields)
    assert answer.status_code == 303, answer.text
    return answer.location


def listed(group: Group) -> str:
    return group.stage.get("/desk/team/waitlist", group.nora.client).text.replace("&nbsp;", " ")


def test_the_word_that_tells_them_keeps_the_promise(group: Group) -> None:
    one = group.stage.receive()
    assert "done=waits" in join(group, one, clinician="ana-ruiz", wanted="evening")
    after = group.stage.ledger.referrals.get(one.id)
    assert after.first_contact_at == group.stage.clock()
    place = group.stage.ledger.waitlist.of(one.id)
    assert place is not None
    assert (place.clinician, place.wanted) == ("ana-ruiz", WaitsFor.EVENING)
    assert place.next_on == date(2026, 12, 14)
    page = group.page(one, group.nora)
    assert "Ana Lucía Ruiz-Montenegro, an evening" in page
    assert "Ana Lucía Ruiz-Montenegro tiene ahora un lugar para usted" in page
    assert "I take it" in page, "the next call to them is somebody’s too"
    today = group.stage.get("/desk/", group.maria.client).text
    assert "On the waitlist since" in today
    assert "I take it" not in today


def test_untold_the_clock_goes_on(group: Group) -> None:
    one = group.stage.receive()
    assert "done=waits-untold" in join(group, one, told="")
    assert group.stage.ledger.referrals.get(one.id).first_contact_at is None
    assert "They do not know yet" in listed(group)
    group.step(one, group.nora, "waitlist/told", told="text")
    assert group.stage.ledger.referrals.get(one.id).first_contact_at is not None
    assert "They do not know yet" not in listed(group)


@pytest.mark.parametrize(
    "wrong",
    [
        {"clinician": "nobody"},
        {"wanted": "the moon"},
        {"weeks": "5"},
        {"weeks": ""},
        {"told": "text"},
        {"told": "pigeon"},
    ],
)
def test_what_is_not_on_the_lists_or_not_permitted_is_refused(
    group: Group, wrong: dict[str, str]
) -> None:
    one = group.stage.receive(text_ok=False)
    fields = {"clinician": "", "wanted": "any", "weeks": "4", "told": "reached", **wrong}
    answer = group.step(one, group.nora, "waitlist", **fields)
    assert answer.status_code == 422
    assert group.stage.ledger.waitlist.of(one.id) is None
    assert group.stage.ledger.referrals.attempts(one.id) == []


def test_the_drafts_speak_their_language_and_obey_their_permissions(group: Group) -> None:
    spanish = group.stage.receive(language="Spanish", text_ok=True)
    page = group.page(spanish, group.nora)
    assert "le habla Nora Ellison" in page
    assert "As a text" in page
    english = group.stage.receive(language="", text_ok=False)
    page = group.page(english, group.nora)
    assert "this is Nora Ellison" in page
    assert "As a text" not in page
    assert "As an e-mail" not in page


def test_the_list_keeps_its_order_and_names_whose_turn_it_is(group: Group) -> None:
    stage = group.stage
    first, second = (stage.receive(patient_name=name, **TEEN) for name in ("Asha Rao", "Ben Ito"))
    for one in (first, second):
        join(group, one)
        stage.clock.advance(minutes=1)
    page = listed(group)
    assert page.index("Asha") < page.index("Ben")
    assert "Room now" not in page

    group.post("/desk/team/openings", group.nora, clinician="tomas-delgado", count="1")
    page = listed(group)
    assert page.count("Room now with <bdi>Tomás Delgado</bdi>") == 1
    assert page.index("Asha") < page.index("Room now") < page.index("Ben")

    assert "Tomás Delgado tiene ahora un lugar para usted." in group.page(first, group.nora)
    assert "no me he olvidado de usted" in group.page(second, group.nora), "it is not their turn"
    group.step(first, group.nora, "waitlist/offer", clinician="tomas-delgado")
    page = listed(group)
    assert "Offered room with <bdi>Tomás Delgado</bdi>" in page
    assert "Room now" not in page, "the one opening is spoken for"

    group.step(first, group.nora, "waitlist/answer", answer="no")
    assert "Room now" in listed(group)
    group.step(first, group.nora, "waitlist/offer", clinician="tomas-delgado")
    group.step(first, group.nora, "waitlist/answer", answer="yes")
    assert "Asha" not in listed(group)
    assert stage.ledger.referrals.get(first.id).closed_at is None


def test_word_that_is_due_stands_on_the_first_page(group: Group) -> None:
    one = group.stage.receive()
    join(group, one, weeks="1")
    owed = "1 person on the waitlist is to hear from you"
    assert owed not in group.stage.get("/desk/", group.nora.client).text
    group.stage.clock.advance(days=7)
    nora = group.stage.let_in()
    assert owed in group.stage.get("/desk/", nora).text


def test_only_ones_own_inboxes_are_listed_and_a_look_is_noted(group: Group) -> None:
    one = group.stage.receive(patient_name="Asha Rao")
    join(group, one)
    assert "Asha" in listed(group)
    assert "waitlist.opened" in group.stage.actions()
    theirs = group.stage.get("/desk/team/waitlist", group.ana.client).text
    assert "Asha" not in theirs
    group.stage.ledger.steps.close(one.id, Outcome.WITHDRAWN, group.nora.id)
    assert "Asha" not in listed(group)


@pytest.mark.parametrize("what", ["told", "offer", "answer", "leave"])
def test_a_step_for_somebody_who_is_not_on_the_list_changes_nothing(
    group: Group, what: str
) -> None:
    one = group.stage.receive()
    fields = {"told": "reached", "clinician": "ana-ruiz", "answer": "yes"}
    answer = group.step(one, group.nora, f"waitlist/{what}", **fields)
    assert answer.status_code == 422
    assert "not on the waitlist any more" in answer.text
    assert group.stage.ledger.referrals.attempts(one.id) == []
