"""What is not about any referral: word of the server itself, and newsletters."""

from __future__ import annotations

from msgspec import Struct

from form_server.parcels.facts import KIND, require_web


class AlertParcel(Struct, frozen=True, tag_field=KIND, tag="alert"):
    """Word about the server itself, and nothing of any referral.

    `subject` may be read by whoever is near; `lines` are sentences, each a paragraph. `url` is where
    to look, or empty.
    """

    practice_name: str
    subject: str
    lines: tuple[str, ...]
    url: str = ""

    def __post_init__(self) -> None:
        if self.url:
            require_web(self.url)


class NewsletterParcel(Struct, frozen=True, tag_field=KIND, tag="newsletter"):
    """One reader's copy of an issue that the ledger keeps; `token` stands in the link by which they
    leave, `leave_url` is that link."""

    issue_id: str
    token: str
    leave_url: str

    def __post_init__(self) -> None:
        require_web(self.leave_url)


class ProofParcel(Struct, frozen=True, tag_field=KIND, tag="newsletter_proof"):
    """A newsletter for whoever is about to send it; its link leads nowhere and unsubscribes nobody."""

    subject: str
    html: str
    plain: str
    leave_url: str

    def __post_init__(self) -> None:
        require_web(self.leave_url)
