"""Parcels as the bytes that are sealed, and back."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from form_server.parcels.answer import AcknowledgementParcel, ReplyParcel
from form_server.parcels.clock import DigestParcel, QuarantineParcel, ReminderParcel
from form_server.parcels.news import AlertParcel, NewsletterParcel, ProofParcel
from form_server.parcels.referral import FullParcel, NoticeParcel, QuestionParcel
from outreach_kit.errors import HandoffError

_FIELD: Final = re.compile(r"`\$\.([\w.\[\]]+)`\Z")
"""Where msgspec says that the trouble is, at the end of its words."""

Parcel = (
    NoticeParcel
    | FullParcel
    | QuestionParcel
    | AlertParcel
    | ReminderParcel
    | DigestParcel
    | AcknowledgementParcel
    | QuarantineParcel
    | ReplyParcel
    | NewsletterParcel
    | ProofParcel
)

_DECODER: Final[msgspec.json.Decoder[Parcel]] = msgspec.json.Decoder(Parcel)
_ENCODER: Final = msgspec.json.Encoder()


class ParcelRefused(HandoffError):
    """Bytes that are no parcel; the text names fields, never what stands in them."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        where = ", ".join(fields) or "all of it"
        super().__init__(
            f"The parcel of this delivery cannot be read ({where}). It was written by another "
            "version, or damaged: open the referral at the desk instead."
        )


def parcel_to_bytes(parcel: Parcel) -> bytes:
    """JSON, to be sealed by the caller."""
    return _ENCODER.encode(parcel)


def parcel_from_bytes(raw: bytes) -> Parcel:
    """What `parcel_to_bytes` was given; fields not known here are passed over.

    Raises ParcelRefused.
    """
    try:
        return _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # Without `from`: the original may quote what it refuses.
        found = _FIELD.search(str(error))
    raise ParcelRefused((found[1],) if found else ())
