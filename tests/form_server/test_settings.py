from __future__ import annotations

from pathlib import Path

import pytest

from form_server.host_settings import LogFormat, wanted_format
from form_server.settings import ClockSettings, Forward, Often, Settings, SettingsError
from outreach_kit.places import CHECKOUT, SAMPLE_PRACTICE

LEAST = {"HANDOFF_PRACTICE": str(SAMPLE_PRACTICE)}
MAIL = {
    "HANDOFF_MAIL_SERVER": "smtp.example.org",
    "HANDOFF_MAIL_DEFAULT_SENDER": "Harbor Street <referrals@harborstreet.example>",
}


def complaints(env: dict[str, str], *, serving: bool = False) -> dict[str, str]:
    """What is wrong with an environment that must not stand: name to the whole line."""
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(env, serving=serving)
    assert str(refused.value).count("\n") == len(refused.value.problems) - 1
    return {one.name: str(one) for one in refused.value.problems}


def test_a_practice_folder_is_all_that_must_be_said() -> None:
    settings = Settings.from_env(LEAST)

    assert settings.practice == SAMPLE_PRACTICE
    assert settings.var == CHECKOUT / "var"
    assert settings.database_url == f"sqlite:///{CHECKOUT / 'var' / 'handoff.db'}"
    assert settings.key_file == CHECKOUT / "var" / "server.key"
    assert settings.url == "http://127.0.0.1:8080"
    assert settings.forward is Forward.NOTICE
    assert settings.is_sqlite
    assert settings.mail is None


def test_other_programs_variables_are_not_looked_at() -> None:
    assert Settings.from_env({**LEAST, "PATH": "\0", "MAIL_SERVER": "x"}).mail is None


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    found = complaints(
        {
            "HANDOFF_PRACTICE": str(tmp_path),
            "HANDOFF_PORT": "eighty",
            "HANDOFF_HOST": "0.0.0.0",
            "HANDOFF_FORWARD": "everything",
            "HANDOFF_TRUSTED_PROXIES": "-1",
            "HANDOFF_ORIGINS": "https://www.example.org javascript:alert(1)",
            "HANDOFF_MAIL_USE_TLS": "maybe",
            "HANDOFF_DATABASE_URL": "mysql://root:hunter2@db/x",
        },
        serving=True,
    )

    assert set(found) == {
        "HANDOFF_PRACTICE",
        "HANDOFF_PORT",
        "HANDOFF_URL",
        "HANDOFF_FORWARD",
        "HANDOFF_TRUSTED_PROXIES",
        "HANDOFF_ORIGINS",
        "HANDOFF_MAIL_USE_TLS",
        "HANDOFF_MAIL_SERVER",
        "HANDOFF_DATABASE_URL",
    }
    assert "python build.py --new" in found["HANDOFF_PRACTICE"]
    assert "“eighty”" in found["HANDOFF_PORT"]
    assert "1 to 65535" in found["HANDOFF_PORT"]
    assert "hunter2" not in found["HANDOFF_DATABASE_URL"]


def test_serving_without_a_channel_says_what_to_set() -> None:
    found = complaints(LEAST, serving=True)

    assert list(found) == ["HANDOFF_MAIL_SERVER"]
    assert "HANDOFF_MAIL_DEFAULT_SENDER" in found["HANDOFF_MAIL_SERVER"]
    with pytest.raises(SettingsError, match="No channel is set up"):
        Settings.from_env(LEAST).require_channel()
    Settings.from_env({**LEAST, **MAIL}, serving=True).require_channel()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("HANDOFF_MAIL_SEVER", "Did you mean HANDOFF_MAIL_SERVER?"),
        ("HANDOFF_PRATICE", "Did you mean HANDOFF_PRACTICE?"),
        ("HANDOFF_MAIL_PASSWORDFILE", "Did you mean HANDOFF_MAIL_PASSWORD_FILE?"),
        ("HANDOFF_QQQQQQ", "Remove it."),
    ],
)
def test_a_name_that_is_none_is_refused_with_the_nearest_that_is_one(name: str, hint: str) -> None:
    assert hint in complaints({**LEAST, name: "x"})[name]


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("six words and a space \n", "utf-8")
    env = {
        **LEAST,
        **MAIL,
        "HANDOFF_MAIL_USE_TLS": "1",
        "HANDOFF_MAIL_USERNAME": "nora",
        "HANDOFF_MAIL_PASSWORD_FILE": str(tmp_path / "password"),
    }

    mail = Settings.from_env(env).mail

    assert mail is not None
    assert mail.password == "six words and a space "
    assert mail.port == 587
    assert mail.password not in repr(Settings.from_env(env))


def test_a_secret_in_two_places_or_in_no_file_is_refused(tmp_path: Path) -> None:
    env = {**LEAST, **MAIL, "HANDOFF_MAIL_USERNAME": "n", "HANDOFF_MAIL_USE_SSL": "yes"}
    file = {"HANDOFF_MAIL_PASSWORD_FILE": str(tmp_path / "none")}

    assert "cannot be read" in complaints({**env, **file})["HANDOFF_MAIL_PASSWORD_FILE"]
    both = complaints({**env, **file, "HANDOFF_MAIL_PASSWORD": "hunter2"})
    assert "Keep one" in both["HANDOFF_MAIL_PASSWORD"]
    assert "hunter2" not in "".join(both.values())


@pytest.mark.parametrize(
    ("extra", "name"),
    [
        ({"HANDOFF_MAIL_SERVER": "", "HANDOFF_MAIL_PORT": "25"}, "HANDOFF_MAIL_SERVER"),
        ({"HANDOFF_MAIL_DEFAULT_SENDER": ""}, "HANDOFF_MAIL_DEFAULT_SENDER"),
        ({"HANDOFF_MAIL_DEFAULT_SENDER": "Nora"}, "HANDOFF_MAIL_DEFAULT_SENDER"),
        ({"HANDOFF_MAIL_REPLY_TO": "nobody"}, "HANDOFF_MAIL_REPLY_TO"),
        ({"HANDOFF_MAIL_USE_TLS": "1", "HANDOFF_MAIL_USE_SSL": "1"}, "HANDOFF_MAIL_USE_SSL"),
        ({"HANDOFF_MAIL_USERNAME": "nora"}, "HANDOFF_MAIL_PASSWORD"),
        (
            {"HANDOFF_MAIL_USERNAME": "nora", "HANDOFF_MAIL_PASSWORD": "x"},
            "HANDOFF_MAIL_USE_TLS",
        ),
        ({"HANDOFF_MAIL_CA_FILE": "/no/such/file"}, "HANDOFF_MAIL_CA_FILE"),
        ({"HANDOFF_MAIL_SERVER": "smtp.example\r\nX: y"}, "HANDOFF_MAIL_SERVER"),
    ],
)
def test_half_a_mail_account_is_refused(extra: dict[str, str], name: str) -> None:
    assert name in complaints({**LEAST, **MAIL, **extra})


def test_whole_referrals_leave_over_tls_only() -> None:
    env = {**LEAST, **MAIL, "HANDOFF_FORWARD": "full"}
    relay_of_ones_own = {**env, "HANDOFF_MAIL_SERVER": "127.0.0.1"}  # who knows where that sends it

    assert "open line" in complaints(env)["HANDOFF_FORWARD"]
    assert "open line" in complaints(relay_of_ones_own)["HANDOFF_FORWARD"]
    assert Settings.from_env({**env, "HANDOFF_MAIL_USE_TLS": "1"}).forward is Forward.FULL


@pytest.mark.parametrize(
    ("env", "url"),
    [
        ({}, "http://127.0.0.1:8080"),
        ({"HANDOFF_HOST": "::1", "HANDOFF_PORT": "9"}, "http://[::1]:9"),
        ({"HANDOFF_URL": "https://refer.example.org/"}, "https://refer.example.org"),
        ({"HANDOFF_URL": "http://localhost:5000"}, "http://localhost:5000"),
    ],
)
def test_links_are_made_from_the_public_address(env: dict[str, str], url: str) -> None:
    assert Settings.from_env({**LEAST, **env}).url == url


@pytest.mark.parametrize(
    "env",
    [
        {"HANDOFF_HOST": "0.0.0.0"},
        {"HANDOFF_TRUSTED_PROXIES": "1"},
        {"HANDOFF_URL": "http://refer.example.org"},
        {"HANDOFF_URL": "https://refer.example.org/path"},
        {"HANDOFF_URL": "https://user@refer.example.org"},
        {"HANDOFF_URL": "https://[broken"},
        {"HANDOFF_URL": "refer.example.org"},
    ],
)
def test_a_server_that_others_reach_needs_a_secure_public_address(env: dict[str, str]) -> None:
    assert list(complaints({**LEAST, **env})) == ["HANDOFF_URL"]


def test_postgresql_is_spoken_to_by_psycopg(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgres://u:p@db/handoff\n", "utf-8")

    settings = Settings.from_env({**LEAST, "HANDOFF_DATABASE_URL_FILE": str(file)})

    assert settings.database_url == "postgresql+psycopg://u:p@db/handoff"
    assert not settings.is_sqlite


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "handoff.db", "postgresql://"])
def test_a_store_that_would_forget_is_refused(url: str) -> None:
    assert "HANDOFF_DATABASE_URL" in complaints({**LEAST, "HANDOFF_DATABASE_URL": url})


def test_everything_that_is_made_stays_under_the_state_folder(tmp_path: Path) -> None:
    settings = Settings.from_env({**LEAST, "HANDOFF_VAR": str(tmp_path / "state")})

    assert settings.key_file == tmp_path / "state" / "server.key"
    assert str(tmp_path / "state") in settings.database_url


def test_webhooks_are_off_until_there_is_a_secret_worth_the_name() -> None:
    assert Settings.from_env(LEAST).webhook is None
    found = complaints({**LEAST, "HANDOFF_WEBHOOK_SECRET": "short"})
    assert "guessed" in found["HANDOFF_WEBHOOK_SECRET"]
    assert "“short”" not in found["HANDOFF_WEBHOOK_SECRET"]


def test_webhook_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("sixteen characters or more\n")
    env = {"HANDOFF_WEBHOOK_SECRET_FILE": str(file), "HANDOFF_WEBHOOK_ALLOW_PRIVATE": "1"}
    webhook = Settings.from_env({**LEAST, **env}).webhook
    assert webhook is not None
    assert (webhook.secret, webhook.allow_private) == ("sixteen characters or more", True)
    assert "sixteen" not in repr(webhook)


def test_fingerprint_is_read_however_it_was_copied() -> None:
    for written in ("4N8K-2VTR-0QZX-91AB", "4n8k 2vtr 0qzx 91ab"):
        settings = Settings.from_env({**LEAST, "HANDOFF_KEY_FINGERPRINT": written})
        assert settings.key_fingerprint == "4N8K2VTR0QZX91AB"
    assert "fingerprint" in complaints({**LEAST, "HANDOFF_KEY_FINGERPRINT": "4N8K"})[
        "HANDOFF_KEY_FINGERPRINT"
    ]  # fmt: skip


def test_disk_floor_has_a_default() -> None:
    assert Settings.from_env(LEAST).disk_floor_mb == 200
    assert Settings.from_env({**LEAST, "HANDOFF_DISK_FLOOR_MB": "500"}).disk_floor_mb == 500


def test_message_ids_bear_the_senders_domain_or_the_servers() -> None:
    assert Settings.from_env({**LEAST, **MAIL}).mail_domain == "harborstreet.example"
    assert Settings.from_env(LEAST).mail_domain == "127.0.0.1"


def test_what_is_done_by_the_clock_has_quiet_defaults_and_can_be_chosen() -> None:
    usual = Settings.from_env(LEAST).clock
    assert (usual.digest, usual.digest_hour, usual.drill, usual.retention_days) == (
        Often.DAILY,
        7,
        True,
        0,
    )
    chosen = Settings.from_env(
        {
            **LEAST,
            "HANDOFF_DIGEST": "weekly",
            "HANDOFF_DIGEST_HOUR": "18",
            "HANDOFF_DRILL": "off",
            "HANDOFF_RETENTION_DAYS": "365",
        }
    ).clock
    assert chosen == ClockSettings(Often.WEEKLY, 18, drill=False, retention_days=365)


def test_clock_settings_that_make_no_sense_are_refused() -> None:
    wrong = {
        "HANDOFF_DIGEST": "hourly",
        "HANDOFF_DIGEST_HOUR": "24",
        "HANDOFF_DRILL": "1",
        "HANDOFF_RETENTION_DAYS": "-1",
    }
    assert set(complaints({**LEAST, **wrong})) == set(wrong)


def test_the_log_is_text_unless_programs_read_it() -> None:
    assert Settings.from_env(LEAST).host_side.log_format is LogFormat.TEXT
    env = {**LEAST, "HANDOFF_LOG_FORMAT": "JSON"}
    assert Settings.from_env(env).host_side.log_format is LogFormat.JSON
    assert wanted_format(env) is LogFormat.JSON
    wrong = {**LEAST, "HANDOFF_LOG_FORMAT": "xml"}
    assert "text or json" in complaints(wrong)["HANDOFF_LOG_FORMAT"]
    assert wanted_format(wrong) is LogFormat.TEXT


def test_a_folder_of_tools_must_be_there(tmp_path: Path) -> None:
    found = complaints({**LEAST, "HANDOFF_POSTGRES_TOOLS": str(tmp_path / "none")})
    assert "pg_dump and pg_restore" in found["HANDOFF_POSTGRES_TOOLS"]
    settings = Settings.from_env({**LEAST, "HANDOFF_POSTGRES_TOOLS": str(tmp_path)})
    assert settings.host_side.postgres_tools == tmp_path
    assert Settings.from_env(LEAST).host_side.postgres_tools is None
