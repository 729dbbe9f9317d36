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


def quarantine_letter(parcel: QuarantineParcel) -> Letter:
    zone = ZoneInfo(parcel.time_zone)
    by = say_moment_briefly(parcel.promised_by, zone)
    what = "One referral is" if parcel.count == 1 else f"{parcel.count} referrals are"
    new = "" if parcel.new == parcel.count else str(parcel.new)
    return Letter(
        subject=f"{what} kept aside: look by {by}",
        preview="They look automatic. Real ones may be among them.",
        heading=f"{what} kept aside",
        sections=(
            section(
                "",
                Fact("New", new),
                Fact("Oldest", f"came in {say_moment(parcel.oldest_at, zone)}"),
                Fact("Answer by", say_moment(parcel.promised_by, zone)),
            ),
        ),
        note="",
        button="Look through them",
        button_url=parcel.desk_url,
        remark="Nothing of what they say is in this mail.",
        practice_name=one_line(parcel.practice_name),
        receipt="",
        paragraphs=(_WHY,),
    )
