"""The inbox keys that a user holds, and the referrals they open."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from form_server.desk.console import Desk
from form_server.desk.entry.sessions import SignedIn
from form_server.desk.referral.said import Said, read_said
from form_server.ledger import Grant, HolderKind, SealedNote
from form_server.notes import note_binding
from form_server.vault import (
    Binding,
    GrantBinding,
    PrivateKey,
    PublicKey,
    VaultRefused,
    open_sealed,
    seal,
    unwrap_key,
)
from outreach_kit.errors import HandoffError

log = logging.getLogger(__name__)


class Enveloped(Protocol):
    """Whatever was sealed to an inbox: a referral, or a question."""

    @property
    def id(self) -> str: ...
    @property
    def inbox_id(self) -> str: ...
    @property
    def key_version(self) -> int: ...
    @property
    def envelope(self) -> bytes: ...


class Unreadable(HandoffError):
    """A referral that does not open for this user; its row says so and breaks nothing."""

    def __init__(self, referral_id: str) -> None:
        self.referral_id = referral_id
        super().__init__(
            f"Referral {referral_id} does not open with your key: its record was altered, or it "
            "was sealed for somebody else. Have it restored from a backup."
        )


@dataclass
class Keyring:
    """A user's grants; each inbox key is unwrapped at most once, when first needed."""

    instance: str
    holder: SignedIn
    grants: dict[tuple[str, int], Grant]
    public_keys: Mapping[tuple[str, int], bytes]
    replaced: set[str] = field(default_factory=set)
    """Inboxes whose stored public key turned out not to be that of the key a grant opens."""
    _unwrapped: dict[tuple[str, int], PrivateKey] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, desk: Desk, holder: SignedIn) -> Keyring:
        held = desk.ledger.inboxes.grants_for(HolderKind.USER, holder.user.id)
        grants = {(grant.inbox_id, grant.version): grant for grant in held}
        public_keys = {
            (key.inbox_id, key.version): key.public_key
            for inbox_id in {inbox_id for inbox_id, _ in grants}
            for key in desk.ledger.inboxes.keys(inbox_id)
        }
        return cls(desk.ledger.meta.instance_id(), holder, grants, public_keys)

    @property
    def inbox_ids(self) -> list[str]:
        """The inboxes this user may look into; empty for one without any grant."""
        return sorted({inbox_id for inbox_id, _ in self.grants})

    def check_newest(self) -> set[str]:
        """Inboxes where what comes in now is sealed to a key that is not theirs; usually none.

        Whoever can write to the database could read on so. A grant that does not open is another
        matter: its referrals say so themselves.
        """
        for inbox_id in self.inbox_ids:
            newest = max(version for box, version in self.public_keys if box == inbox_id)
            with suppress(VaultRefused, LookupError):
                self._key(inbox_id, newest)
        return self.replaced

    def open(self, referral: Enveloped) -> Said:
        """What the office said; raises Unreadable."""
        about = Binding(self.instance, referral.id, referral.inbox_id, referral.key_version)
        try:
            key = self._key(referral.inbox_id, referral.key_version)
            return read_said(open_sealed(referral.envelope, key, about))
        except (VaultRefused, LookupError, ValueError) as error:
            raise Unreadable(referral.id) from error

    def open_part(self, referral: Enveloped, part: str, sealed: bytes) -> str:
        """Words sealed for it beside the envelope, such as a note; raises Unreadable."""
        inbox_id, version = referral.inbox_id, referral.key_version
        about = Binding(self.instance, referral.id, inbox_id, version, part)
        try:
            return open_sealed(sealed, self._key(inbox_id, version), about).decode()
        except (VaultRefused, LookupError, UnicodeDecodeError) as error:
            raise Unreadable(referral.id) from error

    def seal_part(self, referral: Enveloped, part: str, words: str) -> bytes:
        """Words to stand beside its envelope, for whoever can open that; raises LookupError for an
        inbox whose key was never known here."""
        about = Binding(self.instance, referral.id, referral.inbox_id, referral.key_version, part)
        public = self.public_keys[referral.inbox_id, referral.key_version]
        return seal(words.encode(), PublicKey.from_bytes(public), about)

    def open_note(self, visit_id: str, note: SealedNote) -> str:
        """What was written down after a visit; raises Unreadable, for a colleague's note too."""
        about = note_binding(self.instance, visit_id, note.inbox_id, note.key_version)
        try:
            key = self._key(note.inbox_id, note.key_version)
            return open_sealed(note.sealed, key, about).decode()
        except (VaultRefused, LookupError, UnicodeDecodeError) as error:
            raise Unreadable(visit_id) from error

    def _key(self, inbox_id: str, version: int) -> PrivateKey:
        """Raises LookupError without a grant, KeyRefused when the grant does not open."""
        wanted = (inbox_id, version)
        if wanted not in self._unwrapped:
            about = GrantBinding(self.instance, inbox_id, version, self.holder.user.id)
            wrapped = self.grants[wanted].wrapped_key
            private = unwrap_key(wrapped, self.holder.key, about)
            if private.public.to_bytes() != self.public_keys.get(wanted):
                self.replaced.add(inbox_id)
                log.error("the public key of inbox %s, version %d, was replaced", inbox_id, version)
            self._unwrapped[wanted] = private
        return self._unwrapped[wanted]
