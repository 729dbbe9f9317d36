"""A desk on a real ledger and vault, with the sample practice, and referrals sealed as offices send them."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import StrictUndefined
from werkzeug.test import TestResponse

from form_server.desk import Desk, install_desk
from form_server.desk.entry.sessions import begin_session
from form_server.founding import Founding, found
from form_server.ledger import (
    Ledger,
    NewReferral,
    NewReply,
    Outcome,
    Referral,
    ReplyWay,
    Whom,
)
from form_server.vault import Binding, PrivateKey, PublicKey, ServerKey, seal, unlock
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice

NOW = datetime(2026, 11, 16, 20, 30, tzinfo=UTC)  # a Monday, half past twelve in Alder Falls
HTTPS = "https://refer.harborstreet.example"
EMAIL = "nora@harborstreet.example"
SAID: dict[str, Any] = {
    "v": 1,
    "kind": "office",
    "referrer_name": "Dana Whitfield",
    "referrer_office": "Alder Family Medicine",
    "referrer_phone": "(360) 555-0177",
    "referrer_phone_uri": "tel:+13605550177",
    "referrer_role": "front desk",
    "referrer_email": "dana@alderfamily.example",
    "source": "alder-family",
    "clinician": "nora-ellison",
    "patient_name": "Maria Delgado",
    "patient_phone": "(360) 555-0188",
    "patient_phone_uri": "tel:+13605550188",
    "reasons": ["panic"],
    "reason_labels": ["Panic attacks (heart checked)"],
    "patient_agreed": True,
    "voicemail_ok": True,
    "text_ok": True,
    "plan": "Regence",
    "language": "Spanish",
    "best_time": "after 4 PM",
    "timing": "soon",
    "age_band": "adult",
    "note": "Three ER visits this fall, all clear.\nAfraid to sleep.",
    "report_back": "fax",
    "referrer_fax": "(360) 555-0178",
}
_numbers = count(1)


@dataclass
class MovableClock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Stage:
    """`client` is one browser; further ones come from `app.test_client()`."""

    ledger: Ledger
    practice: Practice
    clock: MovableClock
    founding: Founding
    user_key: PrivateKey
    app: Flask
    desk: Desk
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    @property
    def origin(self) -> str:
        return self.desk.public_url

    def receive(self, *, promised_in: timedelta = timedelta(hours=4), **said: Any) -> Referral:
        """A referral as an office's form leaves it in the ledger; None takes a field out."""
        flags = said.pop("flags", "")
        inbox_id = said.pop("inbox_id", self.founding.inbox_id)
        held = said.pop("held_time", None)
        code = said.pop("code", "alder-family")
        fields = {key: value for key, value in {**SAID, **said}.items() if value is not None}
        return self.receive_plain(
            json.dumps(fields).encode(),
            promised_in=promised_in,
            flags=flags,
            inbox_id=inbox_id,
            held=held,
            code=code,
        )

    def receive_plain(
        self,
        plaintext: bytes,
        *,
        promised_in: timedelta,
        flags: str,
        inbox_id: str,
        held: str | None = None,
        code: str | None = "alder-family",
    ) -> Referral:
        number = next(_numbers)
        key = self.ledger.inboxes.active_key(inbox_id)
        referral_id = self.ledger.new_id()
        about = Binding(self.ledger.meta.instance_id(), referral_id, inbox_id, key.version)
        new = NewReferral(
            id=referral_id,
            receipt=f"calm river {number}",
            status_hash=hashlib.sha256(f"status {number}".encode()).digest(),
            kind="office",
            received_at=self.clock(),
            promised_by=self.clock() + promised_in,
            source=code,
            clinician="nora-ellison",
            inbox_id=inbox_id,
            key_version=key.version,
            envelope=seal(plaintext, PublicKey.from_bytes(key.public_key), about),
            flags=flags,
            first_call=held,
        )
        self.ledger.intake.accept(new, [], actor="office")
        return self.ledger.referrals.get(referral_id)

    def get(self, path: str, client: FlaskClient | None = None, **headers: str) -> TestResponse:
        return (client or self.client).get(path, base_url=self.origin, headers=headers)

    def post(
        self,
        path: str,
        data: dict[str, str],
        client: FlaskClient | None = None,
        *,
        origin: str | None = "",
        **more: Any,
    ) -> TestResponse:
        """A form sent from the desk's own origin, unless another is given, or None for no header."""
        headers = {} if origin is None else {"Origin": origin or self.origin}
        return (client or self.client).post(
            path, data=data, base_url=self.origin, headers=headers, **more
        )

    def try_to_sign_in(
        self,
        passphrase: str = "",
        name: str = EMAIL,
        client: FlaskClient | None = None,
        address: str = "203.0.113.7",
        **more: str,
    ) -> TestResponse:
        return self.post(
            "/desk/sign-in",
            {"name": name, "passphrase": passphrase or self.founding.passphrase, **more},
            client,
            environ_overrides={"REMOTE_ADDR": address},
        )

    def sign_in(self, client: FlaskClient | None = None) -> None:
        answer = self.try_to_sign_in(client=client)
        assert answer.status_code == 303, answer.text

    def let_in(self, user_id: str = "", key: PrivateKey | None = None) -> FlaskClient:
        """A browser in which somebody is signed in, without the work of opening the lock."""
        client = self.app.test_client()
        user = self.ledger.people.user(user_id or self.founding.user_id)
        secret = begin_session(self.desk, user, key or self.user_key, "")
        domain = urlsplit(self.origin).hostname or ""
        client.set_cookie("__Host-desk", secret.token, domain=domain, secure=True)
        return client

    @property
    def csrf_token(self) -> str:
        """Of the session that `client` is signed in with."""
        return hidden(self.get("/desk/devices").text, "csrf_token")

    def come_back_after(self, **by: float) -> None:
        """Time passes, and the user signs in again."""
        self.clock.advance(**by)
        self.client = self.let_in()

    def tap(self, referral: Referral, tried: str, **changes: str) -> TestResponse:
        """A tap on a button of the referral's page, as a browser would send it."""
        page = self.get(f"/desk/referrals/{referral.id}").text
        tries = page[page.index('class="tries"') :] if 'class="tries"' in page else page
        form = {name: hidden(tries, name) for name in ("csrf_token", "attempt_id")}
        data = {**form, "tried": tried, **changes}
        return self.post(f"/desk/referrals/{referral.id}/tries", data)

    def close(self, referral: Referral, outcome: str) -> TestResponse:
        """Closes it; the replies that this asks for are set aside first."""
        self.set_replies_aside(referral, outcome)
        page = self.get(f"/desk/referrals/{referral.id}").text
        data = {"csrf_token": hidden(page, "csrf_token"), "outcome": outcome}
        return self.post(f"/desk/referrals/{referral.id}/close", data)

    def set_replies_aside(self, referral: Referral, outcome: str) -> None:
        is_closed = self.ledger.referrals.get(referral.id).closed_at is not None
        if is_closed or outcome not in set(Outcome):
            return
        for whom in Whom:
            reply_id = self.ledger.new_id()
            words = self.seal_beside(referral, f"reply:{reply_id}", "They asked for no word.")
            new = NewReply(
                id=reply_id,
                referral_id=referral.id,
                user_id=self.founding.user_id,
                at=self.clock(),
                whom=whom,
                about=Outcome(outcome),
                way=ReplyWay.ASIDE,
                words=words,
            )
            self.ledger.replies.record(new)

    def seal_beside(self, referral: Referral, part: str, words: str) -> bytes:
        """Words as the desk seals them beside an envelope."""
        inbox_id, version = referral.inbox_id, referral.key_version
        about = Binding(self.ledger.meta.instance_id(), referral.id, inbox_id, version, part)
        keys = {key.version: key.public_key for key in self.ledger.inboxes.keys(inbox_id)}
        return seal(words.encode(), PublicKey.from_bytes(keys[version]), about)

    def actions(self, referral: Referral | None = None) -> list[str]:
        """What the audit holds, oldest first."""
        audit = self.ledger.audit
        entries = audit.of_referral(referral.id) if referral else audit.recent(500)[::-1]
        return [entry.action for entry in entries]


def hidden(page: str, name: str) -> str:
    """The value of the first hidden field of that name."""
    match = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert match, f"no field {name} in the page"
    return html.unescape(match[1])


@cache
def the_sample() -> Practice:
    """Nobody writes to it: one for all stages."""
    return load_practice(SAMPLE_PRACTICE)


def found_practice(url: str) -> tuple[Founding, PrivateKey]:
    """A ledger at `url` with its first keys, and the user's key as the six words open it."""
    practice = the_sample()
    with Ledger.open(url, clock=MovableClock()) as ledger:
        ledger.migrate()
        founding = found(ledger, practice, name="Nora Ellison, LICSW", email=EMAIL)
        user = ledger.people.user(founding.user_id)
    opened = unlock(user.locked_private_key, founding.passphrase, about=user.id)
    return founding, PrivateKey.from_bytes(opened)


def make_stage(
    ledger: Ledger,
    clock: MovableClock,
    founding: Founding,
    user_key: PrivateKey,
    public_url: str = HTTPS,
    assets: Mapping[str, str] | None = None,
) -> Stage:
    """`ledger` is founded already."""
    practice = the_sample()
    server_key = ServerKey.generate()
    desk = Desk(
        ledger=ledger,
        practice=lambda: practice,
        public_url=public_url,
        server_key=server_key,
        assets=assets or {"desk.css": "/assets/desk.css"},
        clock=clock,
    )
    return Stage(ledger, practice, clock, founding, user_key, make_app(desk), desk)


def make_app(desk: Desk) -> Flask:
    app = Flask("desk-under-test")
    app.jinja_env.undefined = StrictUndefined
    app.testing = True
    install_desk(app, desk)
    return app
