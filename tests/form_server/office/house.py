"""A whole server on a founded ledger: what the tests of the office's door walk into."""

from __future__ import annotations

import dataclasses
import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient

from form_server.app import Services, create_app, services_of
from form_server.founding import Founding, found
from form_server.ledger import HolderKind, Ledger, Referral
from form_server.settings import Settings
from form_server.vault import (
    Binding,
    GrantBinding,
    PrivateKey,
    ServerKey,
    open_sealed,
    unlock,
    unwrap_key,
)
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice

MONDAY_MORNING = datetime(2026, 11, 23, 11, 20, tzinfo=ZoneInfo("America/Los_Angeles"))
OWNER = "nora@harborstreet.example"
ENOUGH = {
    "referrer_name": "Ana Ruiz",
    "referrer_office": "Alder Falls Family Medicine",
    "referrer_phone": "(360) 555-0177",
    "patient_name": "Jordan Quill",
    "patient_phone": "360-555-0199",
    "reasons": "panic",
    "patient_agreed": "true",
}
"""The six answers that a referral needs, as a form sends them."""


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self.now = now.astimezone(ZoneInfo("UTC"))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


@dataclass(frozen=True)
class Blueprint:
    """A founded state to copy: deriving keys takes longer than any test."""

    folder: Path
    inbox_key: PrivateKey


_DRAWN: Final[list[Blueprint]] = []


@dataclass
class House:
    settings: Settings
    clock: Clock
    app: Flask
    inbox_key: PrivateKey

    @property
    def services(self) -> Services:
        return services_of(self.app)

    @property
    def ledger(self) -> Ledger:
        return self.services.ledger

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def referrals(self) -> list[Referral]:
        """All that are open, by promise."""
        inboxes = [one.id for one in self.ledger.inboxes.all()]
        return list(self.ledger.referrals.open_in(inboxes).referrals)

    def open(self, referral: Referral) -> dict[str, Any]:
        """What the office said, as the desk would read it."""
        about = Binding(
            self.ledger.meta.instance_id(), referral.id, referral.inbox_id, referral.key_version
        )
        words = json.loads(open_sealed(referral.envelope, self.inbox_key, about))
        assert isinstance(words, dict)
        return words

    def only_words(self) -> dict[str, Any]:
        (referral,) = self.referrals()
        return self.open(referral)


def draw_blueprint(folder: Path) -> Blueprint:
    """Drawn once for all, and copied: `folder` is the caller's own to write in."""
    if not _DRAWN:
        _DRAWN.append(_draw(folder.with_name(f"{folder.name}-drawn")))
    shutil.copytree(_DRAWN[0].folder, folder, dirs_exist_ok=True)
    return dataclasses.replace(_DRAWN[0], folder=folder)


def _draw(folder: Path) -> Blueprint:
    practice = load_practice(SAMPLE_PRACTICE)
    settings = settings_in(folder)
    ServerKey.load_or_create(settings.key_file)
    with Ledger.open(settings.database_url) as ledger:
        ledger.migrate()
        founding = found(ledger, practice, name="Nora Ellison", email=OWNER)
        key = _inbox_key(ledger, founding)
    services_of(create_app(settings)).close()  # fills the cache of faces, once for all houses
    return Blueprint(folder, key)


def build_house(blueprint: Blueprint, var: Path, **changes: Any) -> House:
    shutil.copytree(blueprint.folder, var)
    settings = dataclasses.replace(settings_in(var), **changes)
    clock = Clock()
    return House(settings, clock, create_app(settings, clock=clock), blueprint.inbox_key)


def settings_in(var: Path, **env: str) -> Settings:
    return Settings.from_env(
        {
            "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
            "HANDOFF_VAR": str(var),
            "HANDOFF_SITE": str(var / "no-site"),
            "HANDOFF_URL": "https://refer.harborstreet.example",
            "HANDOFF_MAIL_SERVER": "127.0.0.1",
            "HANDOFF_MAIL_DEFAULT_SENDER": "Harbor Street <referrals@harborstreet.example>",
            **env,
        }
    )


def _inbox_key(ledger: Ledger, founding: Founding) -> PrivateKey:
    user = ledger.people.user(founding.user_id)
    raw = unlock(user.locked_private_key, founding.passphrase, about=user.id)
    (grant,) = ledger.inboxes.grants_for(HolderKind.USER, user.id)
    about = GrantBinding(ledger.meta.instance_id(), grant.inbox_id, grant.version, user.id)
    return unwrap_key(grant.wrapped_key, PrivateKey.from_bytes(raw), about)
