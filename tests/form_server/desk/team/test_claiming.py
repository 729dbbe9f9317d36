"""Two people, one inbox: who takes a referral, who is told, and who rings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from form_server.ledger import ReferralState
from tests.form_server.desk.group import Group, Member
from tests.form_server.desk.stage import Stage

TEL = "tel:+13605550188"


def test_one_tap_takes_it_and_the_other_sees_it_everywhere(group: Group) -> None:
    one = group.stage.receive()
    answer = group.step(one, group.maria, "claim", **{"from": "today"})
    assert answer.status_code == 303
    assert answer.location.endswith("/desk/")

    said = "Maria Santos is on it since 12:30"
    for page in ("/desk/", "/desk/inbox", f"/desk/referrals/{one.id}", "/desk/team"):
        assert said in group.stage.get(page, group.nora.client).text, page
    assert "You are on it since 12:30" in group.stage.get("/desk/", group.maria.client).text
    assert group.stage.ledger.referrals.get(one.id).state is ReferralState.ACKNOWLEDGED


def test_who_comes_second_is_told_by_whom_and_when(group: Group) -> None:
    one = group.stage.receive()
    group.step(one, group.maria, "claim")
    group.stage.clock.advance(minutes=3)
    late = group.step(one, group.nora, "claim")
    assert late.status_code == 409
    assert "Maria Santos took it first, at 12:30" in late.text
    assert group.stage.actions(one).count("referral.claimed") == 1


def test_of_two_taps_at_once_exactly_one_takes_it(group: Group) -> None:
    for _ in range(4):
        one = group.stage.receive()
        group.page(one, group.nora)  # the first look is noted before the race
        ready = Barrier(2)

        def tap(who: Member, one=one, ready=ready) -> int:  # type: ignore[no-untyped-def]
            ready.wait(10)
            return group.step(one, who, "claim").status_code

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(tap, [group.nora, group.maria])) == [303, 409]


def test_taking_over_names_the_colleague(group: Group) -> None:
    one = group.stage.receive()
    group.step(one, group.maria, "claim")
    assert "Take it over from <bdi>Maria Santos</bdi>" in group.page(one, group.nora)
    assert group.step(one, group.nora, "claim", over=group.maria.id).status_code == 303
    assert "You are on it" in group.page(one, group.nora)


def test_a_claim_runs_out_in_sight_and_the_next_may_take_it(group: Group) -> None:
    one = group.stage.receive()
    group.step(one, group.maria, "claim")
    group.stage.clock.advance(hours=1)
    nora = group.stage.let_in()
    page = group.stage.get("/desk/", nora).text
    assert "Maria Santos took it 12:30" in page
    assert "nothing was tried until 1:30" in page
    assert f"/desk/team/referrals/{one.id}/claim" in page


def test_letting_go_lets_anybody_take_it(group: Group) -> None:
    one = group.stage.receive()
    group.step(one, group.maria, "claim")
    group.step(one, group.nora, "release")
    assert "Maria Santos is on it" in group.page(one, group.nora)
    group.step(one, group.maria, "release")
    assert "Nobody has taken it yet" in group.page(one, group.nora)


def test_giving_it_to_a_colleague_tells_them_without_the_patient(group: Group) -> None:
    one = group.stage.receive()
    answer = group.step(one, group.nora, "assign", user=group.maria.id)
    assert answer.status_code == 303
    assert "You are on it since 12:30\u00a0PM, given by Nora Ellison" in group.page(
        one, group.maria
    ).replace("&nbsp;", "\u00a0")
    (told,) = group.stage.ledger.deliveries.of_referral(one.id)
    assert told.address == "maria@tworivers.example"
    assert group.stage.actions(one)[-3:].count("referral.assigned") == 1


@pytest.mark.parametrize("whom", ["", "nobody", "ana"])
def test_it_is_given_to_nobody_who_cannot_open_it(group: Group, whom: str) -> None:
    one = group.stage.receive()
    wanted = group.ana.id if whom == "ana" else whom
    answer = group.step(one, group.nora, "assign", user=wanted)
    assert answer.status_code == 422
    assert "Pick who takes it" in answer.text
    assert group.stage.ledger.claims.of([one.id]) == {}
    assert group.stage.ledger.deliveries.of_referral(one.id) == []


def test_a_clear_call_dials_at_once_and_takes_the_referral(group: Group) -> None:
    one = group.stage.receive()
    assert group.ask_to_ring(one, group.nora)["to"] == TEL
    assert "Nora Ellison is on it" in group.page(one, group.maria)


def test_a_call_past_a_colleague_is_interrupted_and_goes_on_knowingly(group: Group) -> None:
    one = group.stage.receive()
    group.ask_to_ring(one, group.maria)
    group.stage.clock.advance(minutes=2)

    stopped = group.ask_to_ring(one, group.nora)
    assert stopped["to"] == ""
    page = group.page(one, group.nora, "?ring=held")
    assert "Maria Santos is on it since 12:30" in page.replace("&nbsp;", " ")
    assert "They got in touch at 12:30" in page
    assert "Call all the same" in page
    assert "Leave it to <bdi>Maria Santos</bdi>" in page

    assert group.ask_to_ring(one, group.nora, knowingly="yes")["to"] == TEL
    assert "knowing of Maria Santos" in group.page(one, group.nora)
    assert "referral.ring_interrupted" in group.stage.actions(one)


def test_without_a_script_the_number_comes_after_the_question(group: Group) -> None:
    one = group.stage.receive()
    before = group.page(one, group.nora)
    assert f'href="{TEL}"' not in before, "a bare link would ring past a colleague"
    assert f'action="/desk/team/referrals/{one.id}/ring"' in before

    answer = group.step(one, group.nora, "ring")
    assert answer.status_code == 303
    assert answer.location.endswith("?ring=clear#reach")
    assert f'href="{TEL}"' in group.page(one, group.nora, "?ring=clear")
    group.stage.clock.advance(minutes=3)
    assert f'href="{TEL}"' not in group.page(one, group.nora, "?ring=clear")

    held = group.step(one, group.maria, "ring")
    assert held.location.endswith("?ring=held#who")
    assert f'href="{TEL}"' not in group.page(one, group.maria, "?ring=clear")


def test_nobody_asks_where_one_person_works_alone(desk: Stage) -> None:
    one = desk.receive()
    page = desk.get(f"/desk/referrals/{one.id}").text
    assert f'href="{TEL}"' in page
    assert "Who is on it" not in page
    assert f'href="{TEL}"' in desk.get("/desk/").text
    assert 'href="/desk/team"' not in page


def test_the_team_is_in_the_menu_of_several_and_of_nobody_else(group: Group) -> None:
    assert 'href="/desk/team"' in group.stage.get("/desk/", group.maria.client).text


def test_one_person_with_two_inboxes_has_somewhere_to_hand_things_to(
    desk: Stage, other_inbox: str
) -> None:
    page = desk.get(f"/desk/referrals/{desk.receive().id}").text
    assert 'href="/desk/team"' in page
    assert f'<option value="{other_inbox}">Sam Rivera</option>' in page
    assert "I take it" not in page, "there is nobody to tell"


def test_how_long_a_claim_holds_is_set_by_who_may(group: Group) -> None:
    assert (
        "Without a try, it ends after" not in group.stage.get("/desk/team", group.maria.client).text
    )
    assert group.post("/desk/team/claims", group.maria, minutes="30").status_code == 403
    assert group.post("/desk/team/claims", group.nora, minutes="30").status_code == 303
    one = group.stage.receive()
    group.step(one, group.maria, "claim")
    group.stage.clock.advance(minutes=30)
    assert not group.stage.ledger.claims.of([one.id])[one.id].is_live


@pytest.mark.parametrize(
    "what", ["claim", "release", "assign", "ring", "hand-over", "give-back", "waitlist"]
)
def test_a_strangers_referral_answers_like_a_missing_one(group: Group, what: str) -> None:
    one = group.stage.receive(inbox_id=group.anas)
    theirs = group.step(one, group.maria, what)
    assert theirs.status_code == 404
    assert [action for action in group.stage.actions(one) if "accepted" not in action] == []


@pytest.mark.parametrize(
    ("by", "address", "label"),
    [("text", "sms:+13605550188", "Text"), ("email", "mailto:maria@home.example", "E-mail")],
)
def test_a_text_and_an_e_mail_ask_first_as_a_call_does(
    group: Group, by: str, address: str, label: str
) -> None:
    one = group.stage.receive(patient_email="maria@home.example")
    before = group.page(one, group.nora)
    assert "sms:" not in before
    assert "mailto:maria" not in before, "a bare link would write past a colleague"

    assert group.ask_to_ring(one, group.maria, by=by)["to"] == address
    group.stage.clock.advance(minutes=2)
    stopped = group.ask_to_ring(one, group.nora, by=by)
    assert stopped["to"] == ""
    page = group.page(one, group.nora, f"?ring=held&by={by}")
    assert "Maria Santos is on it since 12:30" in page.replace("&nbsp;", " ")
    assert "Two calls in a row unsettle people." in page
    assert f"{label} all the same" in page

    assert group.ask_to_ring(one, group.nora, by=by, knowingly="yes")["to"] == address
    assert "tapped, knowing of Maria Santos" in group.page(one, group.nora)
    assert "referral.ring_interrupted" in group.stage.actions(one)


def test_without_a_script_a_text_comes_after_the_question(group: Group) -> None:
    one = group.stage.receive()
    assert group.step(one, group.nora, "ring", by="text").location.endswith("?ring=clear#reach")
    assert 'href="sms:' in group.page(one, group.nora, "?ring=clear")

    held = group.step(one, group.maria, "ring", by="text")
    assert held.location.endswith("?ring=held&by=text#who")
    assert "sms:" not in group.page(one, group.maria, "?ring=clear")


@pytest.mark.parametrize("by", ["text", "email"])
def test_what_was_not_permitted_is_refused_and_nobody_takes_the_referral(
    group: Group, by: str
) -> None:
    one = group.stage.receive(text_ok=None)
    answer = group.step(one, group.nora, "ring", by=by)
    assert answer.status_code == 422
    assert "They did not permit that" in answer.text
    assert group.stage.ledger.claims.of([one.id]) == {}


def test_who_works_alone_writes_at_once(desk: Stage) -> None:
    page = desk.get(f"/desk/referrals/{desk.receive(patient_email='maria@home.example').id}").text
    assert 'href="sms:' in page
    assert 'href="mailto:maria@home.example"' in page
