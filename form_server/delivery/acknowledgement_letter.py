"""What an office is told by mail: fixed words, a receipt, a time, a link; nothing that anybody typed.

The address was typed by a stranger and may be anybody's, so the mail is one that anybody may get.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from form_server.delivery.letter import Fact, Letter, section
from form_server.delivery.words import one_line
from form_server.parcels import AcknowledgementParcel
from outreach_kit.web.fallbacks import ENGLISH, has_words
from outreach_kit.web.language import Words, words_in


def acknowledgement_letter(parcel: AcknowledgementParcel) -> Letter:
    words = words_in(parcel.language)
    _ = words.gettext
    promised, received = (
        words.moment(local, local.date())
        for local in _in_zone(parcel, parcel.promised_by, parcel.received_at)
    )
    # A mail is read anywhere, and tells whoever is elsewhere by which clock they are called.
    promised = _("{moment} ({zone})").format(moment=promised, zone=words.zone(parcel.time_zone))
    receipt = one_line(parcel.receipt)
    said = _say(parcel, words)
    return Letter(
        subject=said.subject.format(receipt=receipt),
        preview=said.heading if parcel.is_late else said.preview.format(promised=promised),
        heading=said.heading,
        sections=(
            section(
                "",
                Fact(_("Receipt"), parcel.receipt),
                Fact(_("Came in"), received),
                Fact(said.promise, "" if parcel.is_late else promised),
                Fact(_("Questions"), parcel.practice_phone, parcel.practice_phone_uri),
            ),
        ),
        note="",
        button=_("See how it stands"),
        button_url=parcel.status_url,
        remark=said.remark,
        practice_name=one_line(parcel.practice_name),
        receipt=receipt,
        receipt_word=_("receipt"),
        language=parcel.language if has_words(parcel.language) else ENGLISH,
    )


@dataclass(frozen=True)
class _Said:
    """What depends on what came in; `subject` and `preview` have a gap each."""

    subject: str
    preview: str
    heading: str
    promise: str
    remark: str


def _say(parcel: AcknowledgementParcel, words: Words) -> _Said:
    _ = words.gettext
    if parcel.what == "referral":
        return _Said(
            _("We have your referral: {receipt}"),
            _("We call by {promised}."),
            _("Thank you. The referral is in."),
            _("We call by"),
            _(
                "No patient is named here. If you did not send a referral, you need do nothing. "
                "In an emergency do not wait for us: call 911, or call or text 988."
            ),
        )
    return _Said(
        _("We have your question: {receipt}"),
        _("We answer by {promised}."),
        _("Thank you for asking."),
        _("We answer by"),
        _(
            "If you did not ask us anything, you need do nothing. "
            "In an emergency do not wait for us: call 911, or call or text 988."
        ),
    )


def _in_zone(parcel: AcknowledgementParcel, *moments: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(parcel.time_zone)
    return (at.astimezone(zone) for at in moments)
