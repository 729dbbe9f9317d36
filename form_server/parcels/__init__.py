"""What a delivery carries: the facts that a message is made of, as JSON bytes.

Written by whoever asks for a delivery, sealed, kept in its row, and read by the worker when the
row's turn comes. The message is made from these facts alone, so that every attempt says the same.
New fields get defaults: a row may be older than the program that reads it.
"""

from form_server.parcels.answer import AcknowledgementParcel, ReplyParcel
from form_server.parcels.clock import (
    DigestParcel,
    OpenPromise,
    QuarantineParcel,
    ReminderParcel,
    Told,
)
from form_server.parcels.facts import Moment, What
from form_server.parcels.news import AlertParcel, NewsletterParcel, ProofParcel
from form_server.parcels.referral import FullParcel, NoticeParcel, QuestionParcel
from form_server.parcels.sealing import Parcel, ParcelRefused, parcel_from_bytes, parcel_to_bytes

__all__ = [
    "AcknowledgementParcel",
    "AlertParcel",
    "DigestParcel",
    "FullParcel",
    "Moment",
    "NewsletterParcel",
    "NoticeParcel",
    "OpenPromise",
    "Parcel",
    "ParcelRefused",
    "ProofParcel",
    "QuarantineParcel",
    "QuestionParcel",
    "ReminderParcel",
    "ReplyParcel",
    "Told",
    "What",
    "parcel_from_bytes",
    "parcel_to_bytes",
]
