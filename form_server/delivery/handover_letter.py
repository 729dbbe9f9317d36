"""What somebody hears to whom a colleague gave a referral: by whom and until when, nothing of it."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from form_server.delivery.letter import Fact, Letter, section
from form_server.delivery.reminder_letter import PAUSE
from form_server.delivery.words import one_line, say_moment, say_moment_briefly
from form_server.parcels import NoticeParcel

_SEALED: Final = "Who the patient is, and what was said so far, opens at your desk only."


def handover_letter(parcel: NoticeParcel) -> Letter:
    zone = ZoneInfo(parcel.time_zone)
    by = one_line(parcel.handed_by)
    promised = "" if parcel.is_answered else say_moment(parcel.promised_by, zone)
    # Subjects are shown on locked screens and kept in logs: no names.
    brief = f": answer by {say_moment_briefly(parcel.promised_by, zone)}" if promised else ""
    return Letter(
        subject=f"Handed to you: referral {one_line(parcel.receipt)}{brief}",
        preview=f"Please answer by {promised}." if promised else "The first call was made before.",
        heading=f"{by} gave you a referral",
        sections=(
            section(
                "",
                Fact("Came in", say_moment(parcel.received_at, zone)),
                Fact("Answer by", promised),
            ),
        ),
        note="",
        button="Open the referral",
        button_url=parcel.desk_url,
        remark=_SEALED,
        practice_name=one_line(parcel.practice_name),
        receipt=one_line(parcel.receipt),
        second_button=PAUSE if parcel.pause_url else "",
        second_url=parcel.pause_url,
    )
