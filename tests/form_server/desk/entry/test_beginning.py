"""The first owner's way in, on a ledger that has no keys yet."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from form_server.awaiting import awaited_owner
from form_server.desk import Desk
from form_server.first_owner import Draft, invite_first_owner
from form_server.founding import AlreadyFounded, found
from form_server.keys import Invited, open_sheet, open_user
from form_server.ledger import HolderKind, Ledger, Role
from form_server.vault import RecoverySecret, ServerKey
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from tests.form_server.desk.stage import HTTPS, MovableClock, hidden, make_app

EMAIL = "nora@harborstreet.example"


class Empty:
    """A desk without an owner, and the link that its owner was given."""

    def __init__(self, ledger: Ledger, clock: MovableClock) -> None:
        self.ledger, self.clock = ledger, clock
        self.practice: Practice = load_practice(SAMPLE_PRACTICE)
        self.invited: Invited = invite_first_owner(ledger, email=EMAIL, now=clock())
        self.key = ServerKey.generate()
        desk = Desk(
            ledger=ledger,
            practice=lambda: self.practice,
            public_url=HTTPS,
            server_key=self.key,
            assets={"desk.css": "/assets/desk.css"},
            clock=clock,
        )
        self.app: Flask = make_app(desk)
        self.client: FlaskClient = self.app.test_client()

    @property
    def link(self) -> str:
        return f"/desk/begin/{self.invited.secret.token}"

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=HTTPS)

    def post(self, step: str, **form: str) -> TestResponse:
        headers = {"Origin": HTTPS}
        return self.client.post(f"{self.link}/{step}", data=form, base_url=HTTPS, headers=headers)

    def draw(self) -> tuple[str, list[str]]:
        """The draft of the page, and the six words that it shows."""
        page = self.post("words", name="Nora Ellison").text
        shown = re.search(r'class="words"[^>]*>([a-z ]+)<', page)
        assert shown
        return hidden(page, "draft"), shown[1].split()

    def prove_words(self) -> tuple[TestResponse, list[str]]:
        """The page of the recovery sheet."""
        draft, words = self.draw()
        asked = self.post("proof", draft=draft).text
        assert not [word for word in words if f">{word}<" in asked]
        back = {name: words[number - 1] for name, number in fields(asked)}
        return self.post("sheet", draft=hidden(asked, "draft"), **back), words


def fields(page: str) -> list[tuple[str, int]]:
    found = [(name, int(number)) for name, number in re.findall(r'name="(back-(\d))"', page)]
    assert len(found) == 2
    return found


def groups_on(page: str) -> list[str]:
    found = [html.unescape(one) for one in re.findall(r"<li><code>([^<]+)</code>", page)]
    assert len(found) == 8
    return found


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Empty]:
    clock = MovableClock()
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock) as ledger:
        ledger.migrate()
        yield Empty(ledger, clock)


def test_the_link_leads_to_a_working_desk(empty: Empty) -> None:
    assert "This desk is yours" in empty.get(empty.link).text
    assert "no owner yet" in empty.get("/desk/sign-in").text
    sheet, words = empty.prove_words()
    groups = groups_on(sheet.text)
    back = {name: groups[number - 1].lower() for name, number in fields(sheet.text)}
    done = empty.post("finish", draft=hidden(sheet.text, "draft"), **back)
    assert (done.status_code, done.headers["Location"]) == (303, "/desk/")
    assert "Nobody is waiting" in empty.get("/desk/").text

    owner = open_user(empty.ledger, EMAIL, " ".join(words))
    assert (owner.name, owner.role) == ("Nora Ellison", Role.OWNER)
    assert open_sheet(empty.ledger, RecoverySecret.parse(" ".join(groups))).key is not None
    (inbox,) = empty.ledger.inboxes.all()
    assert len(empty.ledger.inboxes.grants_for(HolderKind.USER, owner.id)) == 1
    assert [one.address for one in empty.ledger.inboxes.recipients(inbox.id)] == [EMAIL]
    assert awaited_owner(empty.ledger) is None
    actors = {one.action: one.actor for one in empty.ledger.audit.recent()}
    assert actors["owner.invited"] == "command"
    assert actors["practice.established"].startswith("invitation:")


def test_the_link_is_good_once(empty: Empty) -> None:
    sheet, _ = empty.prove_words()
    groups = groups_on(sheet.text)
    back = {name: groups[number - 1] for name, number in fields(sheet.text)}
    draft = hidden(sheet.text, "draft")
    assert empty.post("finish", draft=draft, **back).status_code == 303
    assert empty.post("finish", draft=draft, **back).status_code == 404
    assert empty.get(empty.link).status_code == 404
    assert len(empty.ledger.people.users()) == 1


def test_the_link_is_good_for_three_days(empty: Empty) -> None:
    sheet, _ = empty.prove_words()
    empty.clock.advance(days=3)
    assert empty.get(empty.link).status_code == 404
    groups = groups_on(sheet.text)
    back = {name: groups[number - 1] for name, number in fields(sheet.text)}
    assert empty.post("finish", draft=hidden(sheet.text, "draft"), **back).status_code == 404
    assert awaited_owner(empty.ledger) is None
    assert empty.ledger.people.users() == []


def test_a_later_link_ends_the_earlier_one(empty: Empty) -> None:
    invite_first_owner(empty.ledger, email="other@x.example", now=empty.clock())
    assert empty.get(empty.link).status_code == 404


def test_nothing_is_made_before_both_papers_are_proven(empty: Empty) -> None:
    draft, _ = empty.draw()
    asked = empty.post("proof", draft=draft).text
    wrong = dict.fromkeys((name for name, _ in fields(asked)), "zebra-no")
    again = empty.post("sheet", draft=draft, **wrong)
    assert again.status_code == 422
    assert "word by word" in again.text
    for step in ("finish", "sheet/print"):
        assert empty.post(step, draft=draft).status_code == 404, "words are not proven yet"
    sheet, _ = empty.prove_words()
    wrong = dict.fromkeys((name for name, _ in fields(sheet.text)), "AAAA-AAAA")
    refused = empty.post("finish", draft=hidden(sheet.text, "draft"), **wrong)
    assert refused.status_code == 422
    assert groups_on(refused.text) == groups_on(sheet.text)
    assert empty.ledger.people.users() == []
    assert empty.ledger.inboxes.all() == []


def test_the_sheet_is_a_page_of_paper_and_no_file_of_the_server(
    empty: Empty, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    sheet, words = empty.prove_words()
    pdf = empty.post("sheet/print", draft=hidden(sheet.text, "draft"))
    assert pdf.mimetype == "application/pdf"
    assert pdf.headers["Cache-Control"] == "no-store"
    assert "attachment" in pdf.headers["Content-Disposition"]
    document = pypdfium2.PdfDocument(pdf.data)
    text = document[0].get_textpage().get_text_range()
    document.close()
    groups = groups_on(sheet.text)
    assert all(group in text for group in groups)
    assert sorted(tmp_path.rglob("*")) == before
    stored = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert words[0] not in groups
    for secret in (" ".join(words), groups[0], groups[3]):
        assert secret.encode() not in stored


def test_a_draft_of_the_browsers_own_is_not_taken(empty: Empty) -> None:
    """Else somebody could choose a weak passphrase, or skip a proof."""
    other = Draft.draw("Nora").seal(ServerKey.generate(), empty.invited.invitation_id)
    for draft in ("", "%%%", "AAAA", other):
        assert empty.post("proof", draft=draft).status_code == 404
    own = Draft.draw("Nora").seal(empty.key, "another invitation")
    assert empty.post("proof", draft=own).status_code == 404
    assert empty.post("words", name="  ").status_code == 422


def test_no_owner_is_invited_where_there_are_keys(empty: Empty) -> None:
    found(empty.ledger, empty.practice, name="Nora", email=EMAIL)
    assert empty.get(empty.link).status_code == 404, "founding ends the link"
    with pytest.raises(AlreadyFounded):
        invite_first_owner(empty.ledger, email=EMAIL, now=empty.clock())
