"""A desk of several: two people who share the front desk's inbox, and a clinician with one of her own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from form_server.desk.console import place_desk
from form_server.keys import Keyholder, add_inbox, grant_inbox
from form_server.ledger import NewUser, Referral, Role
from form_server.vault import KeyPair, PrivateKey
from outreach_kit.practice import load_practice
from tests.form_server.desk.stage import Stage, hidden
from tests.samples import GROUP_PRACTICE


@dataclass(frozen=True)
class Member:
    """Somebody who is signed in, in a browser of their own."""

    id: str
    name: str
    key: PrivateKey
    client: FlaskClient


@dataclass(frozen=True)
class Group:
    """`nora` owns the practice and shares `front` with `maria`; `ana` has `anas` for herself."""

    stage: Stage
    nora: Member
    maria: Member
    ana: Member
    front: str
    anas: str

    def page(self, one: Referral, who: Member, ask: str = "") -> str:
        return self.stage.get(f"/desk/referrals/{one.id}{ask}", who.client).text

    def step(self, one: Referral, who: Member, what: str, **fields: str) -> TestResponse:
        """A tap on the referral's page, as that person's browser would send it."""
        return self.post(f"/desk/team/referrals/{one.id}/{what}", who, **fields)

    def post(self, path: str, who: Member, **fields: str) -> TestResponse:
        token = hidden(self.stage.get("/desk/team", who.client).text, "csrf_token")
        return self.stage.post(path, {"csrf_token": token, **fields}, who.client)

    def ask_to_ring(self, one: Referral, who: Member, **fields: str) -> dict[str, str]:
        """As the script asks, before it dials."""
        token = hidden(self.stage.get("/desk/team", who.client).text, "csrf_token")
        answer = who.client.post(
            f"/desk/team/referrals/{one.id}/ring",
            data={"csrf_token": token, **fields},
            base_url=self.stage.origin,
            headers={"Origin": self.stage.origin, "Accept": "application/json"},
        )
        assert answer.status_code == 200
        assert answer.json is not None
        return dict(answer.json)


def make_group(stage: Stage) -> Group:
    """On a founded stage; nobody's words are derived, which would take longer than any test."""
    practice = load_practice(GROUP_PRACTICE)
    stage.practice = practice
    stage.desk = replace(stage.desk, practice=lambda: practice)
    place_desk(stage.app, stage.desk)
    owner = Keyholder.of_user(stage.ledger.people.user(stage.founding.user_id), stage.user_key)
    front = stage.founding.inbox_id
    maria = _join(stage, "Maria Santos", "maria@tworivers.example", Role.FRONT_DESK)
    ana = _join(stage, "Ana Lucía Ruiz-Montenegro, LMFT", "ana@tworivers.example", Role.CLINICIAN)
    grant_inbox(stage.ledger, owner, front, maria.id)
    anas = add_inbox(stage.ledger, owner, name="Ana Ruiz", clinician="ana-ruiz", user_ids=[ana.id])
    nora = Member(owner.id, "Nora Ellison", stage.user_key, stage.let_in())
    return Group(stage, nora, maria, ana, front, anas)


def _join(stage: Stage, name: str, email: str, role: Role) -> Member:
    pair = KeyPair.generate()
    user_id = stage.ledger.new_id()
    new = NewUser(user_id, name, email, role, pair.public.to_bytes(), b"")
    stage.ledger.people.add_user(new, [], actor="test")
    return Member(user_id, name, pair.private, stage.let_in(user_id, pair.private))
