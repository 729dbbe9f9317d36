"""Inviting somebody: a link that is good once, and holds what was wrapped for them.

Who invites needs no passphrase of theirs, and never learns it; neither does who hosts the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from form_server.keys.holding import Keyholder, open_grants, require_genuine
from form_server.keys.passkeys import Registered
from form_server.keys.users import Joined, NewKey, a_user
from form_server.keys.wrapping import open_inboxes, wrap_all
from form_server.ledger import (
    EmailTaken,
    Holder,
    HolderKind,
    Invitation,
    Ledger,
    NewInvitation,
    NotFound,
    Role,
)
from form_server.vault import InvitationRefused, InvitationSecret, PrivateKey

GOOD_FOR: Final = timedelta(days=3)


@dataclass(frozen=True)
class Invited:
    """`secret.token` is the end of the link; whoever has it can take the invitation up."""

    invitation_id: str
    expires_at: datetime
    secret: InvitationSecret = field(repr=False)


@dataclass(frozen=True)
class Accepted(Joined):
    key: PrivateKey = field(repr=False)


def invite(
    ledger: Ledger,
    by: Keyholder,
    *,
    name: str,
    email: str,
    role: Role,
    inbox_ids: Sequence[str],
    now: datetime,
) -> Invited:
    """An invitation that waits three days; a later one for the same address replaces it.

    Raises NotAllowed, NotHeld, KeyReplaced or EmailTaken.
    """
    by.require_owner()
    email = email.strip().lower()
    if ledger.people.user_by_email(email) is not None:
        raise EmailTaken(email)
    secret, invitation_id = InvitationSecret.generate(), ledger.new_id()
    public = secret.key_pair().public.to_bytes()
    holder = Holder(HolderKind.INVITATION, invitation_id, public)
    new = NewInvitation(
        id=invitation_id,
        token_hash=secret.token_hash,
        name=" ".join(name.split()),
        email=email,
        role=role,
        public_key=public,
        expires_at=now + GOOD_FOR,
    )
    with ledger.keys.change(actor=by.actor) as change:
        opened = open_inboxes(change, ledger, by, inbox_ids)
        change.add_invitation(new, wrap_all(holder, opened, ledger.meta.instance_id()))
        boxes = ",".join(sorted(set(inbox_ids)))
        change.note("user.invited", f"{invitation_id} role={role.value} inboxes={boxes}")
    return Invited(invitation_id, new.expires_at, secret)


def find_invitation(ledger: Ledger, token: str) -> Invitation:
    """Raises InvitationRefused for one that was used, taken back, has expired or never was."""
    found = ledger.invitations.by_token(InvitationSecret.from_token(token).token_hash)
    if found is None:
        raise InvitationRefused
    return found


def accept(ledger: Ledger, token: str, *, passkey: Registered | None = None) -> Accepted:
    """The invited as a user, with words of their own and with a passkey if they added one.

    The user takes over the invitation's id, so that a device can be asked for a passkey before
    there is a user. Raises InvitationRefused, EmailTaken, AnswerSpent, KeyRefused or KeyReplaced;
    the invitation then waits on.
    """
    invitation = find_invitation(ledger, token)
    link = InvitationSecret.from_token(token).key_pair()
    instance = ledger.meta.instance_id()
    user_id = invitation.id
    new = NewKey.draw(user_id)
    with ledger.keys.change(actor=f"invitation:{invitation.id}") as change:
        grants = change.grants_of(HolderKind.INVITATION, invitation.id)
        opened = open_grants(grants, link.private, invitation.id, instance)
        for inbox_id in {one.inbox_id for one in grants}:
            name = ledger.inboxes.get(inbox_id).name
            require_genuine(opened, change.keys_of(inbox_id), name)
        try:
            change.end_invitation(invitation.id)
        except NotFound as error:  # taken up a moment ago
            raise InvitationRefused from error
        user = a_user(user_id, invitation.name, invitation.email, invitation.role, new)
        change.add_user(user, wrap_all(new.holder(user_id), opened, instance))
        if passkey is not None:
            change.add_passkey(passkey.locking(new.pair.private, user_id), passkey.met)
            change.note("passkey.added", f"{passkey.id} of={user_id}")
        change.note("user.joined", user_id)
    return Accepted(user_id, new.passphrase, new.pair.private)


def take_back(ledger: Ledger, by: Keyholder, invitation_id: str) -> None:
    """The link opens nothing any more. Raises NotAllowed or NotFound."""
    by.require_owner()
    with ledger.keys.change(actor=by.actor) as change:
        change.end_invitation(invitation_id)
        change.note("invitation.taken_back", invitation_id)
