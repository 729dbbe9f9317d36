"""What an office is told by mail: fixed words, a receipt, a time, a link; nothing that anybody typed.

The address was typed by a stranger and may be anybody's, so the mail is one that anybody may get.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from form_server.delivery.letter import Fact, Letter, section
from form_server.delivery.words import one_line, say_moment
from form_server.parcels import AcknowledgementParcel


def acknowledgement_letter(parcel: AcknowledgementParcel) -> Letter:
    zone = ZoneInfo(parcel.time_zone)
    promised = say_moment(parcel.promised_by, zone)
    return Letter(
        subject=f"We have your referral: {one_line(parcel.receipt)}",
        preview=f"We call by {promised}.",
        heading="Thank you. The referral is in.",
        sections=(
            section(
                "",
                Fact("Receipt", parcel.receipt),
                Fact("Came in", say_moment(parcel.received_at, zone)),
                Fact("We call by", promised),
                Fact("Questions", parcel.practice_phone, parcel.practice_phone_uri),
            ),
        ),
        note="",
        button="See how it stands",
        button_url=parcel.status_url,
        remark="No patient is named here. If you did not send a referral, you need do nothing. "
        "In an emergency do not wait for us: call 911, or call or text 988.",
        practice_name=one_line(parcel.practice_name),
        receipt=one_line(parcel.receipt),
    )
