"""A whole server whose clock the test moves: real ledger, real lanes, channels that only remember."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from form_server.clockwork import Clockwork
from form_server.delivery import Outcome, Sent
from form_server.delivery.ending import Ending
from form_server.delivery.lane import Lane, Surroundings
from form_server.housekeeping import make_clockwork
from form_server.ledger import (
    Attempt,
    AttemptMeans,
    AttemptResult,
    Channel,
    Claimed,
    DeliveryKind,
    Grant,
    HolderKind,
    Ledger,
    NewUser,
    Recipient,
    Referral,
    Role,
)
from form_server.parcels import Parcel
from tests.form_server.office.house import ENOUGH, OWNER, Blueprint, House, build_house

PACIFIC = ZoneInfo("America/Los_Angeles")
PHONE = "ntfys://ntfy.example/nora"
SECOND = "ben@harborstreet.example"


def pacific(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PACIFIC).astimezone(UTC)


@dataclass(frozen=True)
class Message:
    """Something that went out, as its channel was given it."""

    at: datetime
    delivery: Claimed
    parcel: Parcel


class Remembers:
    """A channel that takes everything, or answers as it is told to."""

    def __init__(self, clock: Callable[[], datetime], messages: list[Message]) -> None:
        self._clock = clock
        self._messages = messages
        self.answer: Callable[[], Outcome] = Sent

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        begin()
        outcome = self.answer()
        if isinstance(outcome, Sent):
            self._messages.append(Message(self._clock(), delivery, parcel))
        return outcome

    def rest(self) -> None:
        """Nothing is kept open."""

    def close(self) -> None:
        """Nothing is kept open."""


@dataclass
class Stage:
    """The server, and everything that it sent so far, in order."""

    house: House
    messages: list[Message] = field(default_factory=list)
    channels: dict[Channel, Remembers] = field(default_factory=dict)
    lanes: list[Lane] = field(default_factory=list)
    clockwork: Clockwork = field(init=False)

    def __post_init__(self) -> None:
        services = self.house.services
        surroundings = Surroundings(self.house.clock, lambda: 0.0, lambda: 0.5)
        for way in (Channel.EMAIL, Channel.PUSH):
            self.channels[way] = Remembers(self.house.clock, self.messages)
            self.lanes.append(
                Lane(
                    way,
                    self.channels[way],
                    self.ledger.queue,
                    lambda parcel, name: services.server_key.open(parcel, "parcel", name),
                    self.ledger.idle_lanes.add(way, f"test/{way}", threading.Event()),
                    surroundings,
                )
            )
        self.start_again()

    @property
    def ledger(self) -> Ledger:
        return self.house.ledger

    @property
    def now(self) -> datetime:
        return self.house.clock.now

    @property
    def inbox_id(self) -> str:
        return self.ledger.inboxes.all()[0].id

    @property
    def owner_id(self) -> str:
        return self.ledger.people.users()[0].id

    def start_again(self) -> None:
        """As a new process would, on the same state."""
        self.clockwork = make_clockwork(self.house.services, chance=lambda: 0.4)

    def let_pass(self, until: datetime) -> None:
        """Moves the clock from one thing that is due to the next, and does each."""
        self.work()
        while (due_at := self.ledger.queue.next_due_at()) is not None and due_at <= until:
            self.house.clock.now = max(due_at, self.now)
            self.work()
        self.house.clock.now = until
        self.work()

    def work(self) -> None:
        """What the worker does in a second."""
        self.clockwork()
        ending = Ending(lambda: 0.0)
        for lane in self.lanes:
            lane.sweep(ending, lambda: None)

    def refer(self, name: str = "Jordan Quill") -> Referral:
        """What an office sends now, as the ledger holds it."""
        known = {one.id for one in self.house.referrals()}
        answer = self.house.client.post("/referrals", data={**ENOUGH, "patient_name": name})
        assert answer.status_code == 303, answer.text
        (new,) = [one for one in self.house.referrals() if one.id not in known]
        self.work()
        return new

    def call(self, referral: Referral) -> None:
        """The first contact attempt, on record."""
        self.ledger.steps.record_attempt(
            Attempt(
                self.ledger.new_id(),
                referral.id,
                self.owner_id,
                self.now,
                AttemptMeans.CALL,
                AttemptResult.REACHED,
            )
        )

    def about(self, referral: Referral) -> list[Message]:
        return [one for one in self.messages if one.delivery.referral_id == referral.id]

    def told(self, referral: Referral, kind: DeliveryKind) -> list[tuple[str, datetime]]:
        """Who heard of a referral in messages of a kind, and when."""
        return [
            (one.delivery.address, one.at)
            for one in self.about(referral)
            if one.delivery.kind is kind
        ]


def make_stage(blueprint: Blueprint, var: Path, *, starts_at: datetime, **changes: Any) -> Stage:
    """One therapist with mail and a phone, and a colleague who can open the inbox as well."""
    house = build_house(blueprint, var, **changes)
    house.clock.now = starts_at
    stage = Stage(house)
    inbox_id, owner_id = stage.inbox_id, stage.owner_id
    ledger = stage.ledger
    colleague = NewUser("ben", "Ben Ito", SECOND, Role.CLINICIAN, b"public", b"locked")
    version = ledger.inboxes.active_key(inbox_id).version
    grant = Grant(inbox_id, version, HolderKind.USER, "ben", b"wrapped")
    ledger.people.add_user(colleague, [grant], actor="test")
    ledger.inboxes.set_recipients(
        inbox_id,
        [
            Recipient("r0", inbox_id, Channel.EMAIL, OWNER, 0, owner_id),
            Recipient("r1", inbox_id, Channel.PUSH, PHONE, 1, owner_id),
            Recipient("r2", inbox_id, Channel.EMAIL, SECOND, 2, "ben"),
        ],
        actor="test",
    )
    return stage


MINUTE = timedelta(minutes=1)
