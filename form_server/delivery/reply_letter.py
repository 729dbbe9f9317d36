"""A reply to whoever sent a referral: the words that a person at the desk read and let go."""

from __future__ import annotations

from form_server.delivery.letter import Letter
from form_server.delivery.words import one_line, some_lines
from form_server.parcels import ReplyParcel


def reply_letter(parcel: ReplyParcel) -> Letter:
    paragraphs = tuple(filter(None, map(some_lines, parcel.words.split("\n\n"))))
    return Letter(
        subject=one_line(parcel.subject),
        preview=one_line(parcel.subject),
        heading=one_line(parcel.subject),
        sections=(),
        note="",
        button="",
        button_url="",
        remark=one_line(parcel.remark),
        practice_name=one_line(parcel.practice_name),
        receipt="",
        paragraphs=paragraphs,
        language=parcel.language,
    )
