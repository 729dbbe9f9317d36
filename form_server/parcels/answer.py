"""Words to whoever sent something: that it arrived, and what the desk says to it."""

from __future__ import annotations

from msgspec import Struct

from form_server.parcels.facts import (
    KIND,
    Moment,
    What,
    require_aware,
    require_tel,
    require_web,
    require_zone,
)


class AcknowledgementParcel(Struct, frozen=True, tag_field=KIND, tag="acknowledgement"):
    """That a referral arrived, for the office's own mailbox: fixed words, nothing that was typed."""

    practice_name: str
    practice_phone: str
    practice_phone_uri: str
    receipt: str
    received_at: Moment
    promised_by: Moment
    time_zone: str
    status_url: str
    language: str = "en"
    """Of the practice's own words; whoever waited since before there was another is told in English."""
    what: What = "referral"
    is_late: bool = False
    """Written after the promise had passed, as for what was kept aside: it promises nothing then."""

    def __post_init__(self) -> None:
        require_web(self.status_url)
        require_tel(self.practice_phone_uri)
        require_zone(self.time_zone)
        require_aware(self.received_at, self.promised_by)


class ReplyParcel(Struct, frozen=True, tag_field=KIND, tag="reply"):
    """Words to whoever sent a referral, as somebody at the desk reviewed them.

    `subject` is fixed and may be read by whoever is near. `words` has paragraphs parted by empty
    lines; `remark` says what to do for who was written to by mistake.
    """

    practice_name: str
    subject: str
    words: str
    remark: str
    language: str = "en"
