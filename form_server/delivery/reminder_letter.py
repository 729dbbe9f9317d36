"""What a reminder or an escalation says: how long somebody has waited, by when, and who knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from form_server.delivery.letter import Fact, Letter, section
from form_server.delivery.words import one_line, say_moment, say_moment_briefly, say_span
from form_server.parcels import ReminderParcel, Told

PAUSE: Final = "I have it in hand: pause the reminders"
_CHANNELS: Final = {"email": "by e-mail", "push": "on the phone", "webhook": "by webhook"}
_OPENINGS: Final = {
    "check": "The first notice of this referral could not be delivered, so you are told now.",
    "remind": "Nobody has tried to call yet.",
    "channel": "Nobody has tried to call yet, so this comes by a second channel too.",
    "person": "Nobody has tried to call yet. You are told so that the promise can still be kept.",
    "broken": "The time that was promised has run out, and no call is on record.",
    "repeat": "The promise was broken, and still no call is on record.",
    "drill": "A drill was sent, and nobody opened or paused it in time. There is no patient; but an "
    "alarm that counts might go unheard as well. Please see whether messages arrive.",
}
_QUESTION_OPENINGS: Final = {
    "check": "The first notice of this could not be delivered, so you are told now.",
    "remind": "Nobody has answered yet.",
    "channel": "Nobody has answered yet, so this comes by a second channel too.",
    "person": "Nobody has answered yet. You are told so that the promise can still be kept.",
    "broken": "The time that was promised has run out, and no answer is on record.",
    "repeat": "The promise was broken, and still no answer is on record.",
}
_PAUSED: Final = (
    "Somebody had paused the reminders; the pause is over, because no {done} is recorded."
)
_REMARK: Final = (
    "Reminders end when {done} is recorded at the desk. A pause only holds them for a while."
)
_DONE: Final = {"referral": "call", "question": "answer", "talk": "answer"}
_AN: Final = {"referral": "a call", "question": "an answer", "talk": "an answer"}
_NAMES: Final = {"referral": "referral", "question": "question", "talk": "request for a talk"}


def reminder_letter(parcel: ReminderParcel) -> Letter:
    zone = ZoneInfo(parcel.time_zone)
    waited = say_span(parcel.written_at - parcel.received_at)
    is_referral = parcel.what == "referral"
    opening = (_OPENINGS if is_referral else _QUESTION_OPENINGS)[parcel.rung]
    paused = (_PAUSED.format(done=_DONE[parcel.what]),) if parcel.is_paused else ()
    return Letter(
        subject=_subject(parcel),
        preview=opening,
        heading=f"DRILL: unanswered for {waited}" if parcel.is_drill else f"Waiting for {waited}",
        paragraphs=(opening, *paused),
        sections=(
            section(
                "",
                Fact("Came in", say_moment(parcel.received_at, zone)),
                Fact("Answer by", say_moment(parcel.promised_by, zone)),
                Fact("Time left", _left(parcel)),
            ),
            section("Told so far", *(_told(one, zone) for one in parcel.told)),
        ),
        note="",
        button="Open the referral" if is_referral else "Open the question",
        button_url=parcel.desk_url,
        second_button=PAUSE if parcel.pause_url else "",
        second_url=parcel.pause_url,
        remark="" if parcel.is_drill else _REMARK.format(done=_AN[parcel.what]),
        practice_name=one_line(parcel.practice_name),
        receipt=one_line(parcel.receipt),
    )


def _subject(parcel: ReminderParcel) -> str:
    # Read on locked screens: neither the office nor the patient.
    receipt = one_line(parcel.receipt)
    by = say_moment_briefly(parcel.promised_by, ZoneInfo(parcel.time_zone))
    what = _NAMES[parcel.what]
    match parcel.rung:
        case "drill":
            return f"DRILL not answered: test referral {receipt}"
        case "check":
            return f"New {what} {receipt}: answer by {by}"
        case "remind":
            return f"Reminder, {what} {receipt}: answer by {by}"
        case "channel" | "person":
            return f"Still waiting, {what} {receipt}: answer by {by}"
        case "broken":
            return f"Promise broken, {what} {receipt}: it was to be answered by {by}"
        case "repeat":
            return f"Still no {_DONE[parcel.what]}, {what} {receipt}: promised by {by}"


def _left(parcel: ReminderParcel) -> str:
    left = parcel.promised_by - parcel.written_at
    return "" if parcel.is_drill else say_span(left) if left > timedelta() else "none"


def _told(one: Told, zone: ZoneInfo) -> Fact:
    way = _CHANNELS.get(one.channel, one.channel)
    when = "not delivered yet" if one.at is None else say_moment_briefly(one.at, zone)
    return Fact(one.who, f"{way}, {when}")
