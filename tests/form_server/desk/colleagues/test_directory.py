"""The directory at the desk: added to, found in, changed, joined and tidied on a phone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from form_server.desk.colleagues.typed import spell
from form_server.ledger import ColleagueFacts, PlacementState, SourceKind
from tests.form_server.desk.colleagues.people import IRIS, a_colleague, iris, send
from tests.form_server.desk.referral.test_referral import HOSTILE
from tests.form_server.desk.stage import Stage, hidden

LIST = "/desk/colleagues"


def test_a_colleague_is_added_and_found_again(desk: Stage) -> None:
    answer = send(
        desk, f"{LIST}/new", LIST,
        {"name": "Iris Okafor", "needs": ["panic", "anyone-under-18"], "plans": "Premera"},
    )  # fmt: skip
    assert answer.status_code == 303
    page = desk.get(answer.headers["Location"]).text
    assert "Iris Okafor" in page
    assert "Anyone under 18" in page
    assert "Call to ask about openings" in page
    assert "Iris Okafor" in desk.get(f"{LIST}?q=iris").text
    assert "Iris Okafor" not in desk.get(f"{LIST}?q=omar").text
    assert desk.actions()[-4:] == [
        "colleague.added", "colleague.opened", "colleagues.opened", "colleagues.opened",
    ]  # fmt: skip


def test_what_was_typed_stays_when_something_is_wrong(desk: Stage) -> None:
    answer = send(
        desk,
        f"{LIST}/new",
        LIST,
        {"name": "Iris", "phone": "12", "needs": ["panic"], "notes": "Hm"},
    )
    assert answer.status_code == 422
    assert 'value="12"' in answer.text
    assert "Hm</textarea>" in answer.text
    assert 'value="panic" checked' in answer.text
    assert desk.ledger.colleagues.all() == []


def test_changing_keeps_what_was_not_touched_out_of_the_way(desk: Stage) -> None:
    one = iris(desk)
    form = desk.get(f"{LIST}/{one}/edit").text
    assert 'value="(360) 555-0161"' in form
    send(desk, f"{LIST}/{one}/edit", f"{LIST}/{one}", {"name": "Iris O."})
    assert desk.ledger.colleagues.get(one).facts == ColleagueFacts(name="Iris O.")


def test_what_somebody_else_wrote_at_the_same_instant_is_told_before_it_is_lost(
    desk: Stage,
) -> None:
    one = iris(desk)
    page, save = f"{LIST}/{one}/edit", f"{LIST}/{one}"
    typed = {**spell(IRIS), "needs": [], "seen": hidden(desk.get(page).text, "seen")}
    kept = replace(IRIS, phone="(360) 555-0111")
    desk.ledger.colleagues.change(one, kept, actor="test")

    first = send(desk, page, save, typed)

    assert first.status_code == 422
    assert "<bdi>Phone: (360) 555-0111</bdi>" in first.text
    assert "<bdi>Takes: Substance dependence as the main concern</bdi>" in first.text
    assert "Name:" not in first.text
    assert desk.ledger.colleagues.get(one).facts == kept
    again = {**typed, "seen": hidden(first.text, "seen")}
    assert send(desk, page, save, again).status_code == 303
    assert desk.ledger.colleagues.get(one).facts == replace(IRIS, needs=())


def test_who_was_removed_can_be_put_back_from_the_list(desk: Stage) -> None:
    one = iris(desk)
    answer = send(desk, f"{LIST}/{one}", f"{LIST}/{one}/remove", {})
    page = desk.get(answer.headers["Location"]).text
    assert "Put back" in page
    assert "(360) 555-0161" not in page
    assert "Not in your directory" in desk.get(f"{LIST}/{one}").text
    send(desk, f"{LIST}/{one}", f"{LIST}/{one}/restore", {})
    assert [each.id for each in desk.ledger.colleagues.all()] == [one]


def test_openings_are_never_shown_as_current_once_they_are_old(desk: Stage) -> None:
    iris(desk)
    assert "2 openings as of Nov 14" in desk.get(LIST).text
    desk.come_back_after(days=29)
    page = desk.get(LIST).text
    assert "2 openings" not in page
    assert "Call to ask about openings" in page


def test_list_is_sifted_by_kind_and_by_words_together(desk: Stage) -> None:
    iris(desk)
    a_colleague(desk, needs=("panic",), plans=("Premera",))
    assert "1 of 2" in desk.get(f"{LIST}?kind=panic").text
    assert "1 of 2" in desk.get(f"{LIST}?q=mill+creek").text
    assert "0 of 2" in desk.get(f"{LIST}?kind=panic&q=mill").text


def test_kinds_that_nobody_takes_are_named(desk: Stage) -> None:
    assert desk.get(LIST).text.count("<li>A custody evaluation</li>") == 1
    a_colleague(desk, need_words=("custody evaluations",))
    assert "<li>A custody evaluation</li>" not in desk.get(LIST).text


def test_a_thank_you_is_owed_until_it_was_said(desk: Stage) -> None:
    desk.ledger.sources.add("alder-family", "Iris", SourceKind.COLLEAGUE, actor="test")
    one = a_colleague(desk, source_code="ALDER-family")
    assert "Thank-you owed" not in desk.get(LIST).text
    desk.receive()
    assert "Thank-you owed" in desk.get(LIST).text
    desk.clock.advance(minutes=1)
    send(desk, f"{LIST}/{one}", f"{LIST}/{one}/thanked", {})
    assert "Thank-you owed" not in desk.get(LIST).text
    desk.clock.advance(minutes=1)
    desk.receive()
    assert "Thank-you owed" in desk.get(LIST).text


def test_both_ways_are_counted_on_their_page(desk: Stage) -> None:
    one, referral = iris(desk), desk.receive()
    desk.ledger.placements.ask(referral.id, [one], desk.founding.user_id)
    asked = desk.ledger.placements.of_referral(referral.id)[0]
    desk.ledger.placements.step(referral.id, asked.id, PlacementState.PLACED, desk.founding.user_id)
    page = desk.get(f"{LIST}/{one}").text
    assert "<dt>Placed with them</dt><dd>1</dd>" in page
    assert "<dt>Came from them</dt><dd>0</dd>" in page


def test_two_entries_for_one_person_are_made_one(desk: Stage) -> None:
    kept, twin = iris(desk), a_colleague(desk, name="Iris Okafor", plans=("Premera",))
    stranger = a_colleague(desk, name="Sam Rivera")
    assert "looks like the same person" in desk.get(f"{LIST}/{kept}").text
    assert "looks like the same person" not in desk.get(f"{LIST}/{stranger}").text

    send(desk, f"{LIST}/{kept}", f"{LIST}/{kept}/merge", {"other": twin})

    assert {one.id for one in desk.ledger.colleagues.all()} == {kept, stranger}
    assert desk.ledger.colleagues.get(kept).facts.plans == ("Premera", "Regence")


def test_strangers_are_never_made_one(desk: Stage) -> None:
    one, other = iris(desk), a_colleague(desk)
    answer = send(desk, f"{LIST}/{one}", f"{LIST}/{one}/merge", {"other": other})
    assert answer.status_code == 404
    assert len(desk.ledger.colleagues.all()) == 2


def test_what_does_not_exist_is_answered_with_a_page(desk: Stage) -> None:
    for path in (f"{LIST}/none", f"{LIST}/none/edit"):
        assert desk.get(path).status_code == 404


@pytest.mark.parametrize("path", ["", "/new", "/import", "/missing", "/export"])
def test_strangers_see_nothing_of_it(stage: Stage, path: str) -> None:
    assert stage.get(f"{LIST}{path}").status_code == 303


def test_a_change_without_the_sessions_token_is_refused(desk: Stage) -> None:
    one = iris(desk)
    for path in ("", f"/{one}", f"/{one}/remove", f"/{one}/thanked", "/import/all"):
        assert desk.post(f"{LIST}{path}", {"name": "Mallory"}).status_code == 403
    assert desk.ledger.colleagues.get(one).facts == IRIS


def test_what_was_typed_never_becomes_markup(desk: Stage) -> None:
    one = a_colleague(
        desk, name=HOSTILE, credentials=HOSTILE, practice=HOSTILE, town=HOSTILE, notes=HOSTILE,
        need_words=(HOSTILE,), plans=(HOSTILE,), languages=(HOSTILE,),
    )  # fmt: skip
    for path in ("", f"/{one}", f"/{one}/edit", f"?q={HOSTILE}"):
        assert HOSTILE not in desk.get(f"{LIST}{path}").text


def test_long_lists_are_shown_in_part_until_asked_for(desk: Stage) -> None:
    many = [ColleagueFacts(name=f"Colleague {number:03}") for number in range(70)]
    desk.ledger.colleagues.take_in(many, {}, actor="test")
    assert desk.get(LIST).text.count('class="row ') == 60
    assert "Show all 70" in desk.get(LIST).text
    assert desk.get(f"{LIST}?all=1").text.count('class="row ') == 70
