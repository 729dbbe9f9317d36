"""What sending on never gives away, and whom it never answers."""

from __future__ import annotations

import re
from urllib.parse import unquote

import sqlalchemy as sa

from form_server.ledger import PlacementState
from form_server.ledger.tables import placement
from tests.form_server.desk.colleagues.people import a_colleague, an_out, iris, send
from tests.form_server.desk.colleagues.steps import ask, page_of, sending_of
from tests.form_server.desk.referral.test_referral import HOSTILE
from tests.form_server.desk.stage import Stage
from tests.form_server.desk.test_inboxes import sam


def test_what_is_said_to_a_colleague_tells_nothing_of_the_patient(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk, patient_name="Maria Delgado")
    ask(desk, referral, one)
    page = desk.get(page_of(referral)).text
    (mail,) = re.findall(r'href="(mailto:iris[^"]+)"', page)
    written = unquote(mail)
    assert "somebody I would like to send you" in written
    assert "(360) 555-0142" in written
    for told in ("Maria", "Delgado", "Regence", "panic", "Spanish", "555-0188", referral.id):
        assert told not in written


def test_a_placement_holds_nothing_but_ids_and_moments(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    ask(desk, referral, one)
    with desk.ledger._store.read() as connection:
        (row,) = connection.execute(sa.select(placement)).all()
    told = {row.referral_id, row.colleague_id, row.user_id, row.state, row.id}
    assert told == {referral.id, one, desk.founding.user_id, "asked", row.id}


def test_what_is_anothers_is_as_if_it_were_not_there(desk: Stage) -> None:
    _, client, sams = sam(desk)
    mine, theirs = an_out(desk), desk.receive(inbox_id=sams)
    one = iris(desk)
    ask(desk, mine, one)
    asked = desk.ledger.placements.of_referral(mine.id)[0]
    for path in (sending_of(theirs), f"{page_of(mine)}/colleagues".replace(mine.id, "none")):
        assert desk.get(path).status_code == 404
    for path, data in (
        (sending_of(theirs), {"colleague": one}),
        (f"{sending_of(theirs)}/need", {"words": "x"}),
        (f"{sending_of(theirs)}/{asked.id}", {"state": "placed"}),
    ):
        assert send(desk, "/desk/colleagues/new", path, data).status_code == 404
    assert desk.get(sending_of(mine), client).status_code == 404
    assert desk.ledger.placements.of_referral(mine.id)[0].state is PlacementState.ASKED


def test_a_change_without_the_sessions_token_is_refused(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    for path in (sending_of(referral), f"{sending_of(referral)}/need"):
        assert desk.post(path, {"colleague": one}).status_code == 403
    assert desk.ledger.placements.of_referral(referral.id) == []


def test_nothing_of_it_stands_in_an_address_or_a_title(desk: Stage) -> None:
    one, referral = iris(desk), an_out(desk)
    ask(desk, referral, one)
    page = desk.get(sending_of(referral)).text
    (title,) = re.findall(r"<title>([^<]*)</title>", page)
    assert "Maria" not in title
    assert "Iris" not in title
    links = re.findall(r'(?:href|action)="(/[^"]*)"', page)
    assert not any(
        word in link for link in links for word in ("Maria", "Regence", "panic", "Spanish")
    )


def test_names_of_strangers_never_become_markup(desk: Stage) -> None:
    one = a_colleague(desk, name=HOSTILE, practice=HOSTILE, plans=(HOSTILE,))
    referral = an_out(
        desk, plan=HOSTILE, language=HOSTILE, reason_labels=[HOSTILE], patient_name=HOSTILE
    )
    assert HOSTILE not in desk.get(sending_of(referral)).text
    ask(desk, referral, one)
    assert HOSTILE not in desk.get(page_of(referral)).text
    assert HOSTILE not in desk.get(sending_of(referral)).text


def test_nothing_leads_back_to_what_is_missing_or_not_theirs(desk: Stage) -> None:
    named = {"name": "Ada Quinn", "sending": "https://elsewhere.example/"}
    answer = send(desk, "/desk/colleagues/new?sending=0", "/desk/colleagues", named)
    assert "/desk/colleagues/" in answer.headers["Location"]
    assert "done=added" in answer.headers["Location"]
