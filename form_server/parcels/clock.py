"""What the clock of the promise makes known: reminders, what is kept aside, and how all stands."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from form_server.parcels.facts import KIND, Moment, What, require_aware, require_web, require_zone


class Told(Struct, frozen=True):
    """Who was told of a referral, by which channel, and when; `at` is None while it has not gone out."""

    who: str
    channel: str
    at: Moment | None


class ReminderParcel(Struct, frozen=True, tag_field=KIND, tag="reminder"):
    """That nobody has tried to call yet; nothing of the patient, and nothing of the office.

    `rung` is how far the clock has come (the words of `outreach_kit.promise.Rung`); `written_at` is
    what "how long ago" counts to, so that every attempt says the same.
    """

    practice_name: str
    receipt: str
    received_at: Moment
    promised_by: Moment
    written_at: Moment
    time_zone: str
    desk_url: str
    rung: Literal["check", "remind", "channel", "person", "broken", "repeat", "drill"]
    told: tuple[Told, ...] = ()
    is_paused: bool = False
    pause_url: str = ""
    is_drill: bool = False
    what: What = "referral"

    def __post_init__(self) -> None:
        require_web(self.desk_url)
        require_web(self.pause_url or self.desk_url)
        require_zone(self.time_zone)
        require_aware(self.received_at, self.promised_by, self.written_at)


class QuarantineParcel(Struct, frozen=True, tag_field=KIND, tag="quarantine"):
    """How much is kept aside because it looks automatic; counts and times only.

    `new` of the `count` were in no earlier message. `desk_url` leads to the list of them all. `rung` is
    how far the clock of one of them has come, or empty for the first word of them; `is_over` says
    that the time of the oldest had run out when this was written.
    """

    practice_name: str
    count: int
    new: int
    oldest_at: Moment
    promised_by: Moment
    time_zone: str
    desk_url: str
    rung: Literal["", "check", "remind", "channel", "person", "broken", "repeat"] = ""
    what: What = "referral"
    is_over: bool = False

    def __post_init__(self) -> None:
        require_web(self.desk_url)
        require_zone(self.time_zone)
        require_aware(self.oldest_at, self.promised_by)


class OpenPromise(Struct, frozen=True):
    receipt: str
    promised_by: Moment


class DigestParcel(Struct, frozen=True, tag_field=KIND, tag="digest"):
    """How the practice stands, for its owners; counts, receipts and names of offices to visit.

    `open_promises` are the most urgent of the `waiting`, the oldest promise first. `chain_hash` is the
    head of the audit in hexadecimal, or empty before anything is chained; whoever keeps the mails can
    show with it that nothing before was changed. `last_drill` is a sentence, or empty.
    """

    practice_name: str
    written_at: Moment
    since: Moment
    time_zone: str
    desk_url: str
    received: int
    waiting: int
    overdue: int
    in_hand: int
    open_promises: tuple[OpenPromise, ...]
    retrying: int
    unknown: int
    stuck: int
    chain_link: int
    chain_hash: str
    last_drill: str = ""
    questions: int = 0
    """Without an answer; `talks` are agreed on and not held yet."""
    questions_overdue: int = 0
    talks: int = 0
    visits_due: int = 0
    """Offices; `visits_forgotten` of them were not seen for six months, and `morning` names those
    that lie on one way. `stock_low` counts those that run out of cards, brochures or pads."""
    visits_forgotten: int = 0
    morning: tuple[str, ...] = ()
    stock_low: int = 0
    cards_due: int = 0
    """Thank-you cards to make."""

    def __post_init__(self) -> None:
        require_web(self.desk_url)
        require_zone(self.time_zone)
        require_aware(self.written_at, self.since)
