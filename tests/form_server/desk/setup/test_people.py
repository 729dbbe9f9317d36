"""People: who can sign in, by an owner's hand: invited, given a role, helped, removed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from werkzeug.test import TestResponse

from form_server.desk.setup.people_leaving import WORD
from form_server.keys import Keyholder, grant_inbox
from form_server.ledger import Channel, Leave, Recipient, Role
from tests.form_server.desk.setup.test_menu import add_user
from tests.form_server.desk.stage import EMAIL, Stage, hidden

PAGE = "/desk/settings/people"
INVITE = f"{PAGE}/invite"
STALE_MINUTES = 11


def post(desk: Stage, path: str, **typed: str) -> TestResponse:
    return desk.post(path, {"csrf_token": desk.csrf_token, **typed})


def invite(desk: Stage, **typed: str) -> TestResponse:
    usual = {"name": "Sam Rivera", "email": "sam@x.example", "role": "clinician"}
    return post(desk, INVITE, **{**usual, "inbox": desk.founding.inbox_id, **typed})


def share(desk: Stage, user_id: str) -> None:
    owner = Keyholder.of_user(desk.ledger.people.user(desk.founding.user_id), desk.user_key)
    grant_inbox(desk.ledger, owner, desk.founding.inbox_id, user_id)


def test_the_list_says_who_when_and_how_they_sign_in(desk: Stage) -> None:
    user_id, pair = add_user(desk, Role.CLINICIAN)
    desk.ledger.second_factors.add_authenticator(user_id, b"sealed", 1, actor="test")

    before = desk.get(PAGE).text
    desk.let_in(user_id, pair.private)
    desk.let_in(user_id, pair.private)
    after = desk.get(PAGE).text

    assert "Owner, you." in before
    assert "Sam clinician" in before
    assert "Never signed in. Second step on." in before
    assert "on 2 devices now" in after
    assert "Never signed in" not in after
    assert f'href="/desk/users/{user_id}"' in after


def test_an_invitation_is_shown_once_and_lets_its_reader_open_what_was_shared(desk: Stage) -> None:
    referral = desk.receive()
    answer = invite(desk)

    (link,) = re.findall(r"<code>(https://[^<]+)</code>", answer.text)
    assert link.startswith(f"{desk.origin}/desk/invitations/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert link not in desk.get(PAGE).text
    assert "Clinician, would open " in desk.get(PAGE).text
    assert "user.invited" in desk.actions()

    guest = desk.app.test_client()
    desk.post(link.removeprefix(desk.origin), {}, guest)
    assert "Maria Delgado" in desk.get(f"/desk/referrals/{referral.id}", guest).text
    assert desk.ledger.invitations.pending() == []


def test_a_withdrawn_invitation_opens_nothing(desk: Stage) -> None:
    (link,) = re.findall(r"<code>(https://[^<]+)</code>", invite(desk).text)
    (waiting,) = desk.ledger.invitations.pending()

    path = f"/desk/settings/invitations/{waiting.id}/end"
    assert post(desk, path).status_code == 303
    assert post(desk, path).status_code == 404

    guest = desk.app.test_client()
    assert desk.get(link.removeprefix(desk.origin), guest).status_code == 404
    assert "invitation.taken_back" in desk.actions()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": " "}, "Type their name"),
        ({"email": "sam"}, "Type their e-mail address"),
        ({"role": "king"}, "Pick a role"),
        ({"email": EMAIL}, "exists already"),
    ],
)
def test_an_invitation_that_cannot_be_keeps_what_was_typed(
    desk: Stage, typed: dict[str, str], says: str
) -> None:
    answer = invite(desk, **typed)

    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="Sam Rivera"' in answer.text or typed == {"name": " "}
    assert desk.ledger.invitations.pending() == []


def test_what_an_owner_cannot_open_is_not_handed_on(desk: Stage, other_inbox: str) -> None:
    page = desk.get(INVITE).text
    assert f'value="{other_inbox}"' not in page
    assert "does not open <bdi>Sam Rivera</bdi>" in page

    assert invite(desk, inbox=other_inbox).status_code == 422
    assert desk.ledger.invitations.pending() == []


def test_ten_minutes_after_signing_in_the_six_words_are_asked_for(desk: Stage) -> None:
    user_id, _ = add_user(desk, Role.CLINICIAN)
    path = f"/desk/users/{user_id}"
    assert 'name="passphrase"' not in desk.get(path).text
    desk.clock.advance(minutes=STALE_MINUTES)
    assert 'name="passphrase"' in desk.get(path).text

    for words in ("", "not one of them was mine"):
        refused = post(desk, f"{path}/role", role="owner", passphrase=words)
        assert refused.status_code == 422
        assert invite(desk, passphrase=words).status_code == 422
    assert desk.ledger.people.user(user_id).role is Role.CLINICIAN
    assert desk.ledger.invitations.pending() == []

    words = desk.founding.passphrase
    assert post(desk, f"{path}/role", role="owner", passphrase=words).status_code == 303
    assert desk.ledger.people.user(user_id).role is Role.OWNER


def test_a_role_holds_from_the_next_tap_and_the_last_owner_stays(desk: Stage) -> None:
    user_id, pair = add_user(desk, Role.CLINICIAN)
    theirs = desk.let_in(user_id, pair.private)
    own = f"/desk/users/{desk.founding.user_id}"
    assert desk.get(PAGE, theirs).status_code == 403
    assert "The only owner stays one" in desk.get(own).text
    assert post(desk, f"{own}/role", role="clinician").status_code == 422
    assert post(desk, f"/desk/users/{user_id}/role", role="king").status_code == 422

    post(desk, f"/desk/users/{user_id}/role", role="owner")
    assert desk.get(PAGE, theirs).status_code == 200
    assert "user.role_set" in desk.actions()

    stepped_down = post(desk, f"{own}/role", role="clinician")
    assert stepped_down.headers["Location"] == "/desk/more"
    assert desk.get(PAGE).status_code == 403


def test_a_lost_phone_is_signed_out_and_its_second_step_ended(desk: Stage) -> None:
    user_id, pair = add_user(desk, Role.CLINICIAN)
    phone = desk.let_in(user_id, pair.private)
    desk.ledger.second_factors.add_authenticator(user_id, b"sealed", 1, actor="test")
    path = f"/desk/users/{user_id}"

    assert "Sign them out everywhere" in desk.get(path).text
    post(desk, f"{path}/sign-out")
    assert desk.get("/desk/", phone).status_code == 303
    assert desk.get("/desk/").status_code == 200

    ended = post(desk, f"{path}/second-factor/end")
    assert ended.headers["Location"] == f"{path}?done=reset"
    assert "six words let them in again" in desk.get(f"{path}?done=reset").text
    assert not desk.ledger.roll.entries([user_id], desk.clock())[user_id].has_second_step


def test_removal_says_first_what_it_means_and_then_does_it(desk: Stage) -> None:
    user_id, pair = add_user(desk, Role.CLINICIAN)
    share(desk, user_id)
    box, ledger = desk.founding.inbox_id, desk.ledger
    told = ledger.inboxes.recipients(box)
    ledger.inboxes.set_recipients(
        box,
        [
            *told,
            Recipient("r-1", box, Channel.PUSH, "ntfys://ntfy.example/topic-of-sam", 1, user_id),
            Recipient("r-2", box, Channel.EMAIL, "clinician@example.org", 2),
        ],
        actor="test",
    )
    day = date(2026, 12, 21)
    ledger.leaves.add(Leave("l-1", box, day, day, cover_user_id=user_id), actor="test")
    phone = desk.let_in(user_id, pair.private)
    path = f"/desk/users/{user_id}/remove"

    page = desk.get(path).text
    for said in ("signed out at once", "ntfys://…, of", "Dec\u00a021", "clinician@example.org, of"):
        assert said in page
    assert "topic-of-sam" not in page
    assert "Nobody else can open it" not in page

    slip = post(desk, path, word="yes")
    assert (slip.status_code, ledger.people.user(user_id).removed_at) == (422, None)

    assert post(desk, path, word=f" {WORD.upper()} ").status_code == 303
    assert ledger.people.user(user_id).removed_at == desk.clock()
    assert desk.get("/desk/", phone).status_code == 303
    assert ledger.inboxes.active_key(box).version == 2
    assert [one.id for one in ledger.inboxes.recipients(box)] == [told[0].id, "r-2"]
    assert not ledger.inboxes.leaves(box)[0].is_covered
    assert "user.removed" in desk.actions()
    assert desk.get(f"/desk/users/{user_id}").status_code == 404


def test_an_inbox_that_nobody_else_opens_is_named_before_its_person_goes(desk: Stage) -> None:
    user_id, pair = add_user(desk, Role.OWNER)
    share(desk, user_id)
    theirs = desk.let_in(user_id, pair.private)
    assert "Nobody else can open it" not in desk.get(f"/desk/users/{user_id}/remove").text
    token = hidden(desk.get("/desk/devices", theirs).text, "csrf_token")
    take = f"/desk/settings/inboxes/{desk.founding.inbox_id}/take-back"
    desk.post(take, {"csrf_token": token, "user": desk.founding.user_id}, theirs)

    assert "Nobody else can open it" in desk.get(f"/desk/users/{user_id}/remove").text


def test_nobody_removes_themselves_or_the_last_owner(desk: Stage) -> None:
    own = f"/desk/users/{desk.founding.user_id}"
    user_id, pair = add_user(desk, Role.OWNER)
    for answer in (desk.get(f"{own}/remove"), post(desk, f"{own}/remove", word=WORD)):
        assert answer.status_code == 422
        assert "another owner does it" in answer.text
    assert f'href="{own}/remove"' not in desk.get(own).text
    assert desk.ledger.people.user(desk.founding.user_id).removed_at is None

    desk.client = desk.let_in(user_id, pair.private)
    assert post(desk, f"{own}/remove", word=WORD).status_code == 303
    assert desk.ledger.people.user_by_email(EMAIL) is None


def test_an_address_of_nobody_is_not_found(desk: Stage) -> None:
    for path in ("role", "sign-out", "second-factor/end", "remove"):
        assert post(desk, f"/desk/users/none/{path}", role="owner", word=WORD).status_code == 404
