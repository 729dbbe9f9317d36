"""What the environment says about this installation: read once, checked all at once, then frozen.

The mail server's part, what watches from outside, and what is the host's alone stand in modules of
their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from form_server.environment import (
    Reader,
    SettingProblem,
    SettingsError,
    is_loopback,
    is_web_address,
)
from form_server.host_settings import HostSettings, read_host
from form_server.mail_settings import NO_CHANNEL, MailSettings, read_mail
from form_server.watch_settings import WatchSettings, read_watch
from outreach_kit.places import CHECKOUT

__all__ = [
    "NO_CHANNEL",
    "ClockSettings",
    "Forward",
    "MailSettings",
    "Often",
    "SettingProblem",
    "Settings",
    "SettingsError",
    "WebhookSettings",
]

FLOOD_CEILING: Final = 400
"""Thirty people at one clinic, behind one address, who each type a form a minute without a pause,
and a third more."""
_SHORTEST_SECRET: Final = 16
_FINGERPRINT_LETTERS: Final = 16


class Forward(StrEnum):
    """How much of a referral leaves the house by mail."""

    NOTICE = "notice"
    FULL = "full"


@dataclass(frozen=True)
class WebhookSettings:
    """How webhooks are signed, and whether they may stay inside one's own network."""

    secret: str = field(repr=False)
    allow_private: bool = False


class Often(StrEnum):
    """How often the owners' digest is written."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


@dataclass(frozen=True)
class ClockSettings:
    """What is done by the clock, besides reminders.

    `digest_hour` is on the practice's clock. `retention_days` count from closing; 0 keeps everything,
    and is the default, because laws on records differ and what is purged does not come back.
    """

    digest: Often = Often.DAILY
    digest_hour: int = 7
    drill: bool = True
    retention_days: int = 0


@dataclass(frozen=True)
class Settings:
    """`url` is the public address without a slash at its end; links are made from it alone."""

    practice: Path
    var: Path
    database_url: str = field(repr=False)
    url: str
    host: str = "127.0.0.1"
    port: int = 8080
    trusted_proxies: int = 0
    forward: Forward = Forward.NOTICE
    site: Path = CHECKOUT / "_site"
    key_file: Path = CHECKOUT / "var" / "server.key"
    origins: tuple[str, ...] = ()
    thanks_pages: tuple[str, ...] = ()
    mail: MailSettings | None = None
    webhook: WebhookSettings | None = None
    clock: ClockSettings = ClockSettings()
    disk_floor_mb: int = 200
    flood_ceiling: int = FLOOD_CEILING
    """How many referrals one network may send in ten minutes; tenfold with a known office's code."""
    watch: WatchSettings = field(default_factory=WatchSettings)
    host_side: HostSettings = field(default_factory=HostSettings)
    key_fingerprint: str = ""
    """The server key that is expected here, 16 capitals and digits; empty expects none."""

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, serving: bool = False) -> Settings:
        """Settings from HANDOFF_* names; other names are not looked at.

        `serving` asks for a channel too, which a command such as `init` can do without. Raises
        SettingsError with everything that is wrong.
        """
        reader = Reader(env)
        settings = _read(reader)
        if serving and reader.is_unset("MAIL_SERVER"):
            reader.problems.append(NO_CHANNEL)
        reader.refuse_unknown()
        if reader.problems:
            raise SettingsError(reader.problems)
        return settings

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def mail_domain(self) -> str:
        """What stands behind the @ of a Message-ID: the sender's domain, else the server's name."""
        sender = parseaddr(self.mail.sender)[1] if self.mail else ""
        domain = sender.rpartition("@")[2] or urlsplit(self.url).hostname or "localhost"
        return domain if domain.isascii() else domain.encode("idna").decode()

    def require_channel(self) -> None:
        """Raises SettingsError when a referral would be caught and nobody told."""
        if self.mail is None:
            raise SettingsError([NO_CHANNEL])


def _read(reader: Reader) -> Settings:
    var = reader.path("VAR", CHECKOUT / "var")
    mail = read_mail(reader)
    forward = reader.choice("FORWARD", [one.value for one in Forward])
    if forward == Forward.FULL and mail is not None and not mail.is_encrypted:
        reader.complain(
            "FORWARD",
            "“full” would send patients' data over an open line.",
            "Set HANDOFF_MAIL_USE_TLS=1 (port 587) or HANDOFF_MAIL_USE_SSL=1 (port 465), or "
            "HANDOFF_FORWARD=notice.",
        )
    host = reader.text("HOST") or "127.0.0.1"
    port = reader.number("PORT", 8080, 1, 65535)
    proxies = reader.number("TRUSTED_PROXIES", 0, 0, 10)
    return Settings(
        practice=_read_practice(reader),
        var=var,
        database_url=_read_database(reader, var),
        url=_read_url(reader, host, port, proxies),
        host=host,
        port=port,
        trusted_proxies=proxies,
        forward=Forward(forward),
        site=reader.path("SITE", CHECKOUT / "_site"),
        key_file=reader.path("KEY_FILE", var / "server.key"),
        origins=tuple(reader.web_addresses("ORIGINS", bare=True)),
        thanks_pages=tuple(reader.web_addresses("THANKS_PAGES", bare=False)),
        mail=mail,
        webhook=_read_webhook(reader),
        clock=_read_clock(reader),
        disk_floor_mb=reader.number("DISK_FLOOR_MB", 200, 1, 1_000_000),
        flood_ceiling=reader.number("FLOOD_CEILING", FLOOD_CEILING, 30, 1_000_000),
        watch=read_watch(reader),
        host_side=read_host(reader),
        key_fingerprint=_read_fingerprint(reader),
    )


def _read_clock(reader: Reader) -> ClockSettings:
    return ClockSettings(
        digest=Often(reader.choice("DIGEST", [one.value for one in Often])),
        digest_hour=reader.number("DIGEST_HOUR", 7, 0, 23),
        drill=reader.choice("DRILL", ["weekly", "off"]) == "weekly",
        retention_days=reader.number("RETENTION_DAYS", 0, 0, 36_500),
    )


def _read_webhook(reader: Reader) -> WebhookSettings | None:
    secret = reader.secret("WEBHOOK_SECRET")
    allow_private = reader.switch("WEBHOOK_ALLOW_PRIVATE")
    if secret and len(secret) < _SHORTEST_SECRET:
        reader.complain(
            "WEBHOOK_SECRET",
            "It is short enough to be guessed.",
            f"Set it to {_SHORTEST_SECRET} characters or more, like what "
            "`python -c 'import secrets; print(secrets.token_urlsafe(32))'` prints.",
        )
    return WebhookSettings(secret, allow_private) if secret else None


def _read_fingerprint(reader: Reader) -> str:
    raw = reader.text("KEY_FINGERPRINT")
    letters = "".join(letter for letter in raw.upper() if letter.isalnum())
    if raw and len(letters) != _FINGERPRINT_LETTERS:
        reader.complain(
            "KEY_FINGERPRINT",
            "It is no fingerprint.",
            "Copy the 16 letters that `python -m form_server init` or `doctor` printed.",
        )
    return letters


def _read_practice(reader: Reader) -> Path:
    folder = reader.path("PRACTICE", Path())
    if reader.is_unset("PRACTICE"):
        reader.complain(
            "PRACTICE",
            "It is missing.",
            "Set it to your practice folder; python build.py --new DIR makes one.",
        )
    elif not (folder / "practice.toml").is_file():
        reader.complain(
            "PRACTICE",
            f"There is no practice.toml in {folder}.",
            "Set it to your practice folder; python build.py --new DIR makes one.",
        )
    return folder


def _read_database(reader: Reader, var: Path) -> str:
    raw = reader.secret("DATABASE_URL")
    scheme, parted, rest = raw.partition("://")
    if not raw:
        return f"sqlite:///{var / 'handoff.db'}"
    if scheme == "sqlite" and len(rest.strip("/")) > 0 and rest != "/:memory:":
        return raw
    if parted and rest and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    reader.complain(
        "DATABASE_URL",
        "It is no address of a store that can be used.",
        "Leave it out for SQLite under HANDOFF_VAR, or write postgresql://user:password@host/name.",
    )
    return raw


def _read_url(reader: Reader, host: str, port: int, proxies: int) -> str:
    raw = reader.text("URL")
    if not raw and (not is_loopback(host) or proxies):
        reader.complain(
            "URL",
            "It is missing, so links in mail would lead nowhere.",
            "Set it to the address under which offices reach this server, like "
            "https://refer.example.org.",
        )
    if raw and not is_web_address(raw, bare=True):
        reader.complain(
            "URL",
            f"“{raw}” is not the secure address of a site.",
            "Write https:// and the host alone, like https://refer.example.org.",
        )
    shown = f"[{host}]" if ":" in host.strip("[]") and not host.startswith("[") else host
    return raw.rstrip("/") or f"http://{shown}:{port}"
