"""A server that its owner has not come to yet: set up with a link, serving, and asking offices to phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from form_server.app import NotSetUp, create_app, services_of
from form_server.awaiting import awaited_owner
from form_server.commands import handoff
from form_server.doctor import Verdict
from form_server.doctor.keys import check_inboxes, check_recovery
from form_server.first_owner import Draft, found_by_invitation
from form_server.founding import AlreadyFounded
from form_server.housekeeping import make_clockwork
from form_server.ledger import Ledger
from form_server.vault import ServerKey
from outreach_kit.errors import UsageError
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice
from outreach_kit.publish.cache import ByteCache
from outreach_kit.web import collect_assets
from tests.form_server.office.house import ENOUGH, Clock, settings_in

OWNER = "nora@harborstreet.example"


def init(var: Path, *arguments: str) -> Result:
    env = {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
        "HANDOFF_VAR": str(var),
        "HANDOFF_URL": "https://refer.harborstreet.example",
    }
    return CliRunner().invoke(handoff, ("init", *arguments), env=env)


@dataclass
class Awaiting:
    app: Flask
    clock: Clock
    token: str

    @property
    def ledger(self) -> Ledger:
        return services_of(self.app).ledger

    def come_in(self) -> None:
        practice = services_of(self.app).practice
        found_by_invitation(self.ledger, practice, self.token, Draft.draw("Nora"))


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first start makes of the fonts, to be copied: it takes longer than all the rest."""
    folder = tmp_path_factory.mktemp("faces")
    collect_assets(load_practice(SAMPLE_PRACTICE), ByteCache(folder))
    return folder


@pytest.fixture
def awaiting(tmp_path: Path, faces: Path) -> Iterator[Awaiting]:
    done = init(tmp_path / "var", "--invite", OWNER)
    assert done.exit_code == 0, done.output
    shutil.copytree(faces, tmp_path / "var" / "cache" / "build")
    link = re.search(
        r"https://refer\.harborstreet\.example/desk/begin/([A-Za-z0-9_-]{43})\n", done.output
    )
    assert link
    with Ledger.open(f"sqlite:///{tmp_path / 'var' / 'handoff.db'}") as ledger:
        waits = awaited_owner(ledger)
        assert waits is not None
        clock = Clock(waits.created_at)
    app = create_app(settings_in(tmp_path / "var"), clock=clock)
    yield Awaiting(app, clock, link[1])
    services_of(app).close()


def test_the_site_and_the_link_are_served_and_offices_are_told_to_phone(awaiting: Awaiting) -> None:
    client = awaiting.app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/refer/").status_code == 200
    assert "This desk is yours" in client.get(f"/desk/begin/{awaiting.token}").text
    answer = client.post("/referrals", data=ENOUGH)
    phone = services_of(awaiting.app).practice.contact.phone.display
    assert answer.status_code == 503
    assert phone in answer.text
    as_json = client.post(
        "/referrals", json={**ENOUGH, "reasons": ["panic"], "patient_agreed": True}
    )
    assert as_json.status_code == 503
    assert phone in as_json.text
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json and ready.json["checks"]["owner"]) == (
        503,
        "no owner yet",
    )


def test_referrals_are_taken_as_soon_as_the_owner_is_in_without_a_restart(
    awaiting: Awaiting,
) -> None:
    client = awaiting.app.test_client()
    assert client.post("/referrals", data=ENOUGH).status_code == 503
    awaiting.come_in()
    assert client.post("/referrals", data=ENOUGH).status_code == 303
    assert client.get("/readyz").json == {
        "status": "ok", "checks": {"ledger": "ok", "disk": "ok", "worker": "ok"},
    }  # fmt: skip


def test_the_clockwork_turns_before_there_is_an_owner(awaiting: Awaiting) -> None:
    clockwork = make_clockwork(services_of(awaiting.app), chance=lambda: 0.0)
    for _ in range(10):
        clockwork()
        awaiting.clock.pass_by(timedelta(hours=7))
    assert awaiting.ledger.deliveries.troubled() == []


def test_doctor_names_who_is_awaited(awaiting: Awaiting) -> None:
    settings = services_of(awaiting.app).settings
    (found,) = check_inboxes(awaiting.ledger, settings)
    assert found.verdict is Verdict.FAIL
    assert OWNER in found.words
    assert "--invite" in found.todo
    (sheet,) = check_recovery(awaiting.ledger)
    assert (sheet.verdict, sheet.words) == (Verdict.WARN, "there is none yet.")
    awaiting.come_in()
    assert all(OWNER not in one.words for one in check_inboxes(awaiting.ledger, settings))


def test_a_server_whose_link_has_expired_does_not_start(awaiting: Awaiting) -> None:
    services = services_of(awaiting.app)
    services.close()
    awaiting.clock.pass_by(timedelta(days=4))
    with pytest.raises(NotSetUp, match="no inbox"):
        create_app(services.settings, clock=awaiting.clock)


def test_who_hosts_makes_another_link_until_the_owner_is_in(awaiting: Awaiting) -> None:
    var = services_of(awaiting.app).settings.var
    key = ServerKey.load(var / "server.key")
    again = init(var, "--invite", "sam@harborstreet.example")
    assert again.exit_code == 0
    assert key.fingerprint in again.output
    assert awaiting.app.test_client().get(f"/desk/begin/{awaiting.token}").status_code == 404


def test_no_link_is_made_where_there_are_keys_or_for_no_address(awaiting: Awaiting) -> None:
    var = services_of(awaiting.app).settings.var
    assert isinstance(init(var, "--invite", "nora").exception, UsageError)
    awaiting.come_in()
    assert isinstance(init(var, "--invite", OWNER).exception, AlreadyFounded)


def test_what_who_hosts_was_told_opens_nothing(awaiting: Awaiting) -> None:
    awaiting.come_in()
    assert awaiting.app.test_client().get(f"/desk/begin/{awaiting.token}").status_code == 404
