"""What a therapist can understand of the server: notices, worker, disk; backup, clock, keys, drill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from flask import url_for

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.messages import count_messages
from form_server.desk.referral.times import say_moment, say_span
from form_server.ledger import DeliveryState, HolderKind, Outcome
from form_server.safekeeping.backing_up import MADE_AT

LATE: Final = timedelta(minutes=5)
_OLD_BACKUP: Final = timedelta(days=8)
_OLD_DRILL: Final = timedelta(days=15)
_RECENT: Final = timedelta(days=30)
_COMFORT: Final = 5  # times the room below which nothing is taken in


@dataclass(frozen=True)
class Sign:
    """`todo` is empty when all is well; `href` leads to where it is put right, or is empty."""

    verdict: Literal["ok", "warn", "fail"]
    subject: str
    words: str
    todo: str = ""
    href: str = ""


def find_trouble(desk: Desk) -> str:
    """One sentence when referrals would be lost or late now, else empty; quick enough for each page."""
    if desk.machine.is_delivering() is False:
        return "Nothing goes out: the part of the server that sends notices has stopped."
    free_mb = desk.machine.free_mb()
    if free_mb is not None and free_mb < desk.machine.floor_mb:
        return "The server’s disk is full: offices are asked to phone."
    if (late := _lateness(desk)) is not None:
        return f"Notices are late: one has been due for {say_span(late)}."
    return ""


def read_signs(desk: Desk, user: SignedIn) -> tuple[Sign, ...]:
    """For everybody."""
    return (_worker(desk), _notices(desk), _failed(desk, user), _disk(desk))


def read_signs_of_owner(desk: Desk) -> tuple[Sign, ...]:
    now = desk.clock()
    signs = desk.ledger.upkeep.vital_signs()
    rows = [_drill(desk), _backup(desk), _clock(desk, signs.put_right_at, now)]
    rows += [_chain(desk, signs.verified_at), *_keys(desk), _sheet(desk)]
    if desk.machine.version:
        rows.append(Sign("ok", "Version", f"Warm Handoff {desk.machine.version}."))
    return tuple(rows)


def _worker(desk: Desk) -> Sign:
    match desk.machine.is_delivering():
        case True:
            return Sign("ok", "Sending", "The part that sends notices is at work.")
        case False:
            words = "The part that sends notices has stopped."
            return Sign("fail", "Sending", words, "Have the server restarted, and look at its log.")
        case None:
            return Sign("ok", "Sending", "Another process sends; below is how it keeps up.")


def _notices(desk: Desk) -> Sign:
    last_at = desk.ledger.upkeep.vital_signs().last_sent_at
    last = f"The last one went out {_say(desk, last_at)}." if last_at else "None went out yet."
    if (late := _lateness(desk)) is not None:
        todo = "Call whoever runs the server: have it restarted."
        words = f"One has been due for {say_span(late)}. {last}"
        return Sign("fail", "Notices", words, todo)
    retrying = desk.ledger.deliveries.counts()[DeliveryState.RETRYING]
    if retrying:
        said = "One is" if retrying == 1 else f"{retrying} are"
        words = f"{last} {said} being tried again."
        return Sign("warn", "Notices", words, "It goes on by itself.", _messages())
    return Sign("ok", "Notices", f"{last} Nothing is late.")


def _failed(desk: Desk, user: SignedIn) -> Sign:
    """The user's own; an owner's are those about the server as well."""
    count = count_messages(desk, Keyring.of(desk, user), user)
    if not count:
        return Sign("ok", "Messages", "All that was to go out did, or is on its way.")
    said = "One message" if count == 1 else f"{count} messages"
    words = f"{said} did not go out by {'itself' if count == 1 else 'themselves'}."
    return Sign("warn", "Messages", words, "See why, and send again.", _messages())


def _disk(desk: Desk) -> Sign:
    free_mb, floor_mb = desk.machine.free_mb(), desk.machine.floor_mb
    if free_mb is None:
        return Sign("warn", "Room", "The room on the disk cannot be read.", "Have it looked at.")
    room = f"{free_mb / 1000:.0f} GB are free" if free_mb >= 1000 else f"{free_mb} MB are free"
    if free_mb < floor_mb:
        words = f"{room}: too little to take referrals in, so offices are asked to phone."
        return Sign("fail", "Room", words, "Have room made on the server’s disk now.")
    if free_mb < _COMFORT * floor_mb:
        return Sign("warn", "Room", f"{room}.", "Have room made on the server’s disk soon.")
    return Sign("ok", "Room", f"{room}.")


def _drill(desk: Desk) -> Sign:
    if desk.switches is not None and not desk.switches().clock.drill:
        return Sign("ok", "Weekly drill", "It is switched off.")
    last = desk.ledger.referrals.last_drill()
    if last is None:
        return Sign("ok", "Weekly drill", "None has come yet.")
    at = _say(desk, last.received_at)
    if last.acknowledged_at is not None:
        after = say_span(last.acknowledged_at - last.received_at)
        return Sign("ok", "Weekly drill", f"The last one came {at} and was tapped after {after}.")
    if last.outcome is not Outcome.DRILL and desk.clock() - last.received_at < _OLD_DRILL:
        return Sign("ok", "Weekly drill", f"One came {at} and waits for a tap.")
    words = f"Nobody tapped the one that came {at}: a real notice might go unheard, too."
    return Sign("warn", "Weekly drill", words, "See who is told.", url_for("desk.show_told"))


def _backup(desk: Desk) -> Sign:
    made_at = desk.ledger.meta.get(MADE_AT)
    todo = "Have this run each night: python -m form_server backup FOLDER"
    if made_at is None:
        return Sign("warn", "Backup", "None was made with this program.", todo)
    at = datetime.fromisoformat(made_at)
    words = f"The last one was made {_say(desk, at)}."
    if desk.clock() - at > _OLD_BACKUP:
        return Sign("warn", "Backup", words, todo)
    return Sign("ok", "Backup", words)


def _clock(desk: Desk, put_right_at: datetime | None, now: datetime) -> Sign:
    if put_right_at is None or now - put_right_at > _RECENT:
        return Sign("ok", "Clock", "It kept its course.")
    words = f"It ran ahead and was set back; what it had misdated was put right {_say(desk, put_right_at)}."
    return Sign("warn", "Clock", words, "Have the server keep its time by the network (NTP).")


def _chain(desk: Desk, verified_at: datetime | None) -> Sign:
    where = url_for("desk.show_record")
    if verified_at is None:
        words = "It was never checked from here."
        return Sign("ok", "Record", words, "Check it.", where)
    return Sign("ok", "Record", f"It was last checked {_say(desk, verified_at)}.", "", where)


def _keys(desk: Desk) -> list[Sign]:
    boxes = desk.ledger.inboxes.all()
    openers = desk.ledger.inboxes.openers([one.id for one in boxes])
    rows = []
    for box in boxes:
        count = len(openers.get(box.id, ()))
        subject = f"Inbox: {box.name}"
        if not count:
            todo = "Let somebody back in with the recovery sheet."
            rows.append(Sign("fail", subject, "Nobody can open it.", todo))
        else:
            who = "One person opens it." if count == 1 else f"{count} people open it."
            rows.append(Sign("ok", subject, who))
    return rows


def _sheet(desk: Desk) -> Sign:
    recovery = desk.ledger.people.recovery_key()
    made_at = desk.ledger.people.recovery_made_at()
    if recovery is None or made_at is None:
        words = "There is none, so a lost passphrase loses everything."
        return Sign("fail", "Recovery sheet", words, "Make a new one under Team.")
    held = desk.ledger.inboxes.grants_for(HolderKind.RECOVERY, recovery.id)
    opens = {(one.inbox_id, one.version) for one in held}
    boxes = desk.ledger.inboxes
    shut = [
        one.name for one in boxes.all() if (one.id, boxes.active_key(one.id).version) not in opens
    ]
    if shut:
        words = f"It does not open the inbox of {', '.join(shut)}."
        return Sign("fail", "Recovery sheet", words, "Change that inbox’s key, which includes it.")
    words = f"Made {_say(desk, made_at)}; it opens every inbox. It lies on paper, with you."
    return Sign("ok", "Recovery sheet", words)


def _lateness(desk: Desk) -> timedelta | None:
    """How long the longest due row waits; None while none is late."""
    due_at = desk.ledger.queue.next_due_at()
    late = desk.clock() - due_at if due_at is not None else timedelta()
    return late if late > LATE else None


def _messages() -> str:
    return url_for("desk.show_messages")


def _say(desk: Desk, at: datetime) -> str:
    return say_moment(at, desk.clock(), desk.practice().time_zone)
