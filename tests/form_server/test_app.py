from __future__ import annotations

import dataclasses
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.app import NotSetUp, create_app, services_of
from form_server.ledger import AlreadyServing, SchemaMismatch
from form_server.settings import Settings, SettingsError
from outreach_kit.errors import ContentError
from tests.form_server.office.house import (
    ENOUGH,
    Blueprint,
    House,
    build_house,
    draw_blueprint,
    settings_in,
)


@pytest.fixture(scope="module")
def blueprint(tmp_path_factory: pytest.TempPathFactory) -> Blueprint:
    return draw_blueprint(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def var(blueprint: Blueprint, tmp_path: Path) -> Path:
    """A founded state that nobody serves yet."""
    return Path(shutil.copytree(blueprint.folder, tmp_path / "var"))


@pytest.fixture
def house(blueprint: Blueprint, tmp_path: Path) -> Iterator[House]:
    house = build_house(blueprint, tmp_path / "house")
    yield house
    house.services.close()


def run_sql(var: Path, sql: str) -> None:
    with sqlite3.connect(var / "handoff.db") as other:
        other.execute("PRAGMA foreign_keys=OFF")
        other.execute(sql)
    other.close()


def test_the_rooms_are_joined(house: House) -> None:
    client = house.client

    assert client.get("/refer/").status_code == 200
    assert client.get("/desk/sign-in").status_code == 200
    assert client.get("/healthz").status_code == 200
    assert house.services.practice.name in client.get("/desk/sign-in").text


def test_settings_come_from_the_environment_when_none_are_given(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(os.environ):
        if name.startswith("HANDOFF_"):
            monkeypatch.delenv(name)
    with pytest.raises(SettingsError, match="HANDOFF_MAIL_SERVER"):
        create_app()

    monkeypatch.setenv("HANDOFF_PRACTICE", str(settings_in(var).practice))
    monkeypatch.setenv("HANDOFF_VAR", str(var))
    monkeypatch.setenv("HANDOFF_MAIL_SERVER", "127.0.0.1")
    monkeypatch.setenv("HANDOFF_MAIL_DEFAULT_SENDER", "a@b.example")
    app = create_app()
    assert services_of(app).settings.var == var
    services_of(app).close()


def refusal(settings: Settings, kind: type[Exception] = NotSetUp) -> str:
    """Why the server does not start; afterwards the same state can be served again."""
    with pytest.raises(kind) as refused:
        create_app(settings)
    return str(refused.value)


def test_without_a_channel_it_does_not_start_and_says_what_to_set(var: Path) -> None:
    settings = dataclasses.replace(settings_in(var), mail=None)

    assert "HANDOFF_MAIL_SERVER" in refusal(settings, SettingsError)


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("DELETE FROM inbox", "has no inbox"),
        ("DELETE FROM recipient", "has no recipient"),
    ],
)
def test_a_state_that_is_not_whole_does_not_start_and_leads_to_init(
    var: Path, sql: str, what: str
) -> None:
    run_sql(var, sql)

    said = refusal(settings_in(var))

    assert what in said
    assert "python -m form_server init" in said
    assert refusal(settings_in(var)) == said  # the lock was let go


def test_a_state_that_lost_its_key_leads_to_the_last_backup(var: Path) -> None:
    run_sql(var, "DELETE FROM inbox_key")
    said = refusal(settings_in(var))
    assert "has no key" in said
    assert "restore" in said
    assert "form_server init" not in said


def test_an_empty_state_leads_to_init(tmp_path: Path) -> None:
    assert "init" in refusal(settings_in(tmp_path / "new"))


def test_a_key_without_tables_leads_to_init(var: Path) -> None:
    for path in var.glob("handoff.db*"):
        path.unlink()

    said = refusal(settings_in(var))

    assert "is empty" in said
    assert "do not run init" in said
    assert "python -m form_server init" in said


def test_a_lost_key_beside_a_ledger_is_no_new_installation(var: Path) -> None:
    (var / "server.key").unlink()

    said = refusal(settings_in(var))

    assert "put the copy of the key back" in said
    assert "init --new-server-key" in said


def test_tables_of_another_version_lead_to_migrate(var: Path) -> None:
    run_sql(var, "UPDATE alembic_version SET version_num = 'old'")

    assert "migrate" in refusal(settings_in(var), SchemaMismatch)


def test_a_practice_that_is_wrong_is_said_before_anything_is_served(
    var: Path, tmp_path: Path
) -> None:
    settings = dataclasses.replace(settings_in(var), practice=tmp_path / "none")

    assert "practice.toml" in refusal(settings, ContentError)


def test_two_processes_do_not_serve_one_sqlite_state(house: House) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from tests.form_server.office.house import settings_in;"
        "from form_server.app import create_app; create_app(settings_in(Path(sys.argv[1])))"
    )

    second = subprocess.run(
        [sys.executable, "-c", script, str(house.settings.var)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )

    assert second.returncode == 1
    assert AlreadyServing.__name__ in second.stderr
    assert str(os.getpid()) in second.stderr
    assert "PostgreSQL" in second.stderr


def test_a_server_of_several_processes_is_told_to_use_postgresql(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    answer = house.client.post(
        "/referrals", data=ENOUGH, environ_overrides={"wsgi.multiprocess": True}
    )

    assert answer.status_code == 503
    assert "(360) 555-0142" in answer.text
    assert "PostgreSQL" in caplog.text
    assert house.referrals() == []


def test_closing_frees_the_state_for_the_next(house: House) -> None:
    house.services.close()

    again = create_app(house.settings)

    assert services_of(again).ledger.inboxes.all()
    services_of(again).close()


def test_links_never_come_from_the_host_header(house: House) -> None:
    answer = house.client.post(
        "/referrals", data=ENOUGH, headers={"Host": "evil.example", "Accept": "application/json"}
    )
    form = house.client.get("/refer/", headers={"Host": "evil.example"})

    assert answer.json is not None
    assert answer.json["status_url"].startswith("https://refer.harborstreet.example/")
    assert "evil.example" not in form.text


def test_only_as_many_proxies_as_are_named_are_believed(
    blueprint: Blueprint, tmp_path: Path
) -> None:
    from flask import request

    forwarded = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    for proxies, address in ((0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.9")):
        house = build_house(blueprint, tmp_path / f"v{proxies}", trusted_proxies=proxies)
        house.app.add_url_rule("/who", "who", lambda: str(request.remote_addr))
        assert house.client.get("/who", headers=forwarded).text == address
        house.services.close()
