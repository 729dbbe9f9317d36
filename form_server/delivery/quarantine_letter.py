"""What is said about referrals that are kept aside: how many, since when, until when; nothing of them."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from form_server.delivery.letter import Fact, Letter, section
from form_server.delivery.words import one_line, say_moment, say_moment_briefly
from form_server.parcels import QuarantineParcel

_WHY: Final = (
    "They look as if a machine had sent them, so no notice went out for each. Now and then a real "
    "one is among them, and its clock runs: one tap at the desk tells."
)
_WAITING: Final = (
    "Nobody has said yet whether they are real, and no call to any of them is on record. If one is, "
    "its promise counts."
)
_GONE: Final = (
    "The time in which the first of them was to be answered has run out, and nobody has said yet "
    "whether they are real."
)
_OPENINGS: Final = {"": _WHY, "broken": _GONE, "repeat": _GONE}
_NAMES: Final = {
    "referral": ("referral", "referrals"),
    "question": ("question", "questions"),
    "talk": ("request for a talk", "requests for talks"),
}
_PREVIEW: Final = "They look automatic. Real ones may be among them."


def quarantine_letter(parcel: QuarantineParcel) -> Letter:
    zone = ZoneInfo(parcel.time_zone)
    by = say_moment_briefly(parcel.promised_by, zone)
    one, many = _NAMES[parcel.what]
    what = f"One {one} is" if parcel.count == 1 else f"{parcel.count} {many} are"
    opening = _OPENINGS.get(parcel.rung, _WAITING)
    new = "" if parcel.new == parcel.count else str(parcel.new)
    return Letter(
        subject=_subject(parcel, what, by),
        preview=_PREVIEW,
        heading=f"{what} kept aside",
        sections=(
            section(
                "",
                Fact("New", new),
                Fact("Oldest", f"came in {say_moment(parcel.oldest_at, zone)}"),
                Fact(
                    "Was due" if _is_over(parcel) else "Answer by",
                    say_moment(parcel.promised_by, zone),
                ),
            ),
        ),
        note="",
        button="Look through them",
        button_url=parcel.desk_url,
        remark="Nothing of what they say is in this mail.",
        practice_name=one_line(parcel.practice_name),
        receipt="",
        paragraphs=(opening,) if opening is _WHY else (opening, _WHY),
    )


def _is_over(parcel: QuarantineParcel) -> bool:
    """What was written by an earlier version says so by its rung alone."""
    return parcel.is_over or parcel.rung in {"broken", "repeat"}


def _subject(parcel: QuarantineParcel, what: str, by: str) -> str:
    is_over = _is_over(parcel)
    todo = f"the first was to be answered by {by}" if is_over else f"look by {by}"
    match parcel.rung:
        case "":
            return f"{what} kept aside: {todo}"
        case "broken" | "repeat":
            return f"Still undecided, {what} kept aside: {todo}"
        case "remind":
            return f"Reminder, {what} kept aside: {todo}"
    return f"Still waiting, {what} kept aside: {todo}"
