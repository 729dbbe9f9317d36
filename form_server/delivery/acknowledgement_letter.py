"""What an office is told by mail: fixed words, a receipt, a time, a link; nothing that anybody typed.

The address was typed by a stranger and may be anybody's, so the mail is one that anybody may get.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from form_server.delivery.letter import Fact, Letter, section
from form_server.delivery.words import one_line
from form_server.parcels import AcknowledgementParcel
from outreach_kit.web.language import words_in


def acknowledgement_letter(parcel: AcknowledgementParcel) -> Letter:
    words = words_in(parcel.language)
    _ = words.gettext
    promised, received = (
        words.moment(local, local.date())
        for local in _in_zone(parcel, parcel.promised_by, parcel.received_at)
    )
    receipt = one_line(parcel.receipt)
    return Letter(
        subject=_("We have your referral: {receipt}").format(receipt=receipt),
        preview=_("We call by {promised}.").format(promised=promised),
        heading=_("Thank you. The referral is in."),
        sections=(
            section(
                "",
                Fact(_("Receipt"), parcel.receipt),
                Fact(_("Came in"), received),
                Fact(_("We call by"), promised),
                Fact(_("Questions"), parcel.practice_phone, parcel.practice_phone_uri),
            ),
        ),
        note="",
        button=_("See how it stands"),
        button_url=parcel.status_url,
        remark=_(
            "No patient is named here. If you did not send a referral, you need do nothing. "
            "In an emergency do not wait for us: call 911, or call or text 988."
        ),
        practice_name=one_line(parcel.practice_name),
        receipt=receipt,
        receipt_word=_("receipt"),
        language=parcel.language,
    )


def _in_zone(parcel: AcknowledgementParcel, *moments: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(parcel.time_zone)
    return (at.astimezone(zone) for at in moments)
