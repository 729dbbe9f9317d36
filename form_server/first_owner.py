"""The first owner by invitation: who hosts the server holds neither the six words nor the sheet.

`init --invite` makes a link. Words and recovery secret are drawn when it is opened, travel in the
owner's own browser until both are proven to be on paper, and only then become keys, in one commit.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final, Self

from form_server.founding import Founding, found, require_unfounded
from form_server.keys import GOOD_FOR, Invited, find_invitation
from form_server.ledger import Ledger, NewInvitation, NotFound, Role
from form_server.vault import (
    InvitationRefused,
    InvitationSecret,
    RecoverySecret,
    ServerKey,
    ServerKeyRefused,
    generate_passphrase,
)
from outreach_kit.practice import Practice

_COMMAND: Final = "command"
_LABEL: Final = "founding draft"
_ASKED: Final = 2  # of each: words, and groups of the sheet


def invite_first_owner(ledger: Ledger, *, email: str, now: datetime) -> Invited:
    """A link that is good once, for three days; an earlier one opens nothing any more.

    Raises AlreadyFounded.
    """
    require_unfounded(ledger)
    secret, invitation_id = InvitationSecret.generate(), ledger.new_id()
    new = NewInvitation(
        id=invitation_id,
        token_hash=secret.token_hash,
        name="",
        email=email.strip().lower(),
        role=Role.OWNER,
        public_key=secret.key_pair().public.to_bytes(),
        expires_at=now + GOOD_FOR,
    )
    with ledger.keys.change(actor=_COMMAND) as change:
        for earlier in ledger.invitations.pending():
            change.end_invitation(earlier.id)
        change.add_invitation(new, [])
        change.note("owner.invited", invitation_id)
    return Invited(invitation_id, new.expires_at, secret)


@dataclass(frozen=True)
class Draft:
    """What the owner was shown, and which of it is typed back; places count from 1."""

    name: str
    words: str = field(repr=False)
    sheet: str = field(repr=False)
    ask_words: tuple[int, ...]
    ask_groups: tuple[int, ...]
    words_proven: bool = False

    @classmethod
    def draw(cls, name: str) -> Self:
        recovery = RecoverySecret.generate()
        words = generate_passphrase()
        return cls(
            name=name,
            words=words,
            sheet=base64.b64encode(recovery.to_bytes()).decode(),
            ask_words=_some_of(len(words.split())),
            ask_groups=_some_of(len(recovery.groups)),
        )

    @property
    def recovery(self) -> RecoverySecret:
        return RecoverySecret.from_bytes(base64.b64decode(self.sheet))

    def fits_words(self, typed: tuple[str, ...]) -> bool:
        asked = [self.words.split()[number - 1] for number in self.ask_words]
        return [one.strip().casefold() for one in typed] == asked

    def fits_groups(self, typed: tuple[str, ...]) -> bool:
        pairs = zip(self.ask_groups, typed, strict=True)
        return all(self.recovery.has_group(number, text) for number, text in pairs)

    def seal(self, key: ServerKey, invitation_id: str) -> str:
        """For a hidden field: only this server reads it, for this invitation alone."""
        plain = json.dumps(asdict(self)).encode()
        return base64.b64encode(key.seal(plain, _LABEL, invitation_id)).decode()

    @classmethod
    def open(cls, sealed: str, key: ServerKey, invitation_id: str) -> Self:
        """Raises InvitationRefused for what was not sealed here."""
        try:
            box = base64.b64decode(sealed, validate=True)
            said = json.loads(key.open(box, _LABEL, invitation_id))
        except (ValueError, ServerKeyRefused) as error:
            raise InvitationRefused from error
        lists = {name: tuple(said[name]) for name in ("ask_words", "ask_groups")}
        return cls(**{**said, **lists})


def found_by_invitation(ledger: Ledger, practice: Practice, token: str, draft: Draft) -> Founding:
    """The practice's first keys, for whoever holds the link. Raises InvitationRefused,
    AlreadyFounded or PassphraseBusy; the invitation then waits on."""
    invitation = find_invitation(ledger, token)
    try:
        return found(
            ledger,
            practice,
            name=draft.name,
            email=invitation.email,
            passphrase=draft.words,
            recovery=draft.recovery,
            invitation_id=invitation.id,
        )
    except NotFound as error:  # taken up a moment ago
        raise InvitationRefused from error


def _some_of(count: int) -> tuple[int, ...]:
    return tuple(sorted(secrets.SystemRandom().sample(range(1, count + 1), _ASKED)))
