"""What to say to an office the next time, drafted: gratitude, the niche, and the ask."""

from __future__ import annotations

from dataclasses import dataclass

from form_server.desk.console import Desk
from form_server.desk.entry.keyring import Keyring
from form_server.desk.rounds.wording import MESSAGES_SAID
from form_server.rounds import SourceDetail, draft_message
from outreach_kit.outreach.next_message import Message


@dataclass(frozen=True)
class Draft:
    """`message` is None for an office at rest; `words` has paragraphs parted by empty lines."""

    message: Message | None
    title: str
    words: str


@dataclass(frozen=True)
class Drafting:
    """In the voice of the user's own clinician, where an inbox says who that is."""

    desk: Desk
    clinician: str

    @classmethod
    def of(cls, desk: Desk, keyring: Keyring) -> Drafting:
        own = set(keyring.inbox_ids)
        slugs = {one.clinician for one in desk.ledger.inboxes.all() if one.id in own}
        (slug,) = slugs if len(slugs) == 1 else (None,)
        return cls(desk, slug or "")

    def draft(self, detail: SourceDetail) -> Draft:
        """To whoever sits at the front desk, or else to the office."""
        message = detail.message
        if message is None:
            return Draft(None, "", "")
        greeted = detail.caller.front_desk
        whom = greeted[0] if greeted else detail.standing.name
        words = draft_message(self.desk.practice(), message, whom, clinician=self.clinician)
        return Draft(message, MESSAGES_SAID[message], words)
