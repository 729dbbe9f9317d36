"""What the desk is given when the server is put together, and how its views reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, current_app

from form_server.current_practice import CurrentPractice
from form_server.ledger import Channel, Ledger
from form_server.rounds import KeptDue
from form_server.settings import Forward
from form_server.switches import CurrentSwitches
from form_server.vault import ServerKey
from outreach_kit.practice import Practice

IDLE: Final = timedelta(minutes=15)  # 45 CFR 164.312(a)(2)(iii): automatic log-off
LONGEST: Final = timedelta(hours=12)  # a working day; then the six words are asked for again
_EXTENSION: Final = "handoff-desk"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Handling:
    """What the settings say about whole referrals by mail, and how long words are kept.

    `mail_server` is the host that mail is handed to, or empty. `retention_days` count from closing;
    0 keeps them. Of newsletters no more go out than `newsletters_a_minute` and `_a_day`.
    """

    mail_server: str = ""
    forwards_whole: bool = False
    own_mailbox: bool = False
    retention_days: int = 0
    newsletters_a_minute: int = 30
    newsletters_a_day: int = 400


@dataclass(frozen=True)
class Judged:
    """What an examination found: `verdict` is ok, warn or fail; `todo` is empty when all is well."""

    verdict: str
    subject: str
    words: str
    todo: str = ""


@dataclass(frozen=True)
class Machine:
    """What the server can say of itself.

    `is_delivering` gives None where another process delivers, `free_mb` where the disk cannot be
    read. `examine` asks the world outside, so it may take long; without one there is no button.
    """

    is_delivering: Callable[[], bool | None] = lambda: None
    free_mb: Callable[[], int | None] = lambda: None
    floor_mb: int = 0
    version: str = ""
    examine: Callable[[], Iterable[Judged]] | None = None


@dataclass(frozen=True)
class Desk:
    """The desk's surroundings.

    `practice` is asked at every page, so that it may be another one after a reload. `public_url`
    has no slash at its end. `assets` maps `desk.css` to its address.
    """

    ledger: Ledger
    practice: Callable[[], Practice]
    public_url: str
    server_key: ServerKey = field(repr=False)
    assets: Mapping[str, str]
    clock: Callable[[], datetime] = _utc_now
    current: CurrentPractice | None = None
    """Where hours and promise are changed; without one they stand as `practice` has them."""
    check_address: Callable[[Channel, str], str] = lambda _, address: address
    """The address, if messages can go there as the server is set up; raises UsageError."""
    mail_domain: str = "localhost"
    """What stands behind the @ of a Message-ID."""
    handling: Handling = Handling()
    """As the server was started; `handling_now` is what holds."""
    switches: CurrentSwitches | None = None
    """What an owner changed of it; without one the environment has the word."""
    machine: Machine = Machine()
    rounds_due: KeptDue = field(default_factory=KeptDue)
    """How many offices are due, for pages that say only that."""

    @property
    def handling_now(self) -> Handling:
        if self.switches is None:
            return self.handling
        now = self.switches()
        return replace(
            self.handling,
            forwards_whole=now.forward is Forward.FULL,
            retention_days=now.clock.retention_days,
        )

    @property
    def origin(self) -> str:
        """The only origin whose forms are taken, as browsers write it."""
        parts = urlsplit(self.public_url.lower())
        usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
        return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"

    @property
    def is_https(self) -> bool:
        return self.public_url.lower().startswith("https://")


def place_desk(app: Flask, desk: Desk) -> None:
    app.extensions[_EXTENSION] = desk


def the_desk() -> Desk:
    """The desk of the app that answers the current request."""
    desk = current_app.extensions[_EXTENSION]
    if not isinstance(desk, Desk):
        raise TypeError("the app was put together without a desk")
    return desk
