"""Users who join and leave. Joining wraps inbox keys once more; leaving makes new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from form_server.keys.errors import LastOwner
from form_server.keys.holding import Keyholder
from form_server.keys.wrapping import open_inboxes, renew_key, wrap_all
from form_server.ledger import (
    Channel,
    Holder,
    HolderKind,
    KeyChange,
    Ledger,
    NewUser,
    Recipient,
    Role,
    User,
)
from form_server.vault import KeyPair, generate_passphrase, lock


@dataclass(frozen=True)
class NewKey:
    """A user's own key, locked; the passphrase is shown once and kept nowhere."""

    pair: KeyPair = field(repr=False)
    passphrase: str = field(repr=False)
    locked: bytes = field(repr=False)

    @classmethod
    def draw(cls, user_id: str, passphrase: str = "") -> NewKey:
        """Slow on purpose: make it before a change of keys begins. `passphrase` is one that its
        user was shown before. Raises PassphraseBusy."""
        pair, passphrase = KeyPair.generate(), passphrase or generate_passphrase()
        return cls(pair, passphrase, lock(pair.private.to_bytes(), passphrase, about=user_id))

    def holder(self, user_id: str) -> Holder:
        return Holder(HolderKind.USER, user_id, self.pair.public.to_bytes())


@dataclass(frozen=True)
class Joined:
    user_id: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class Removed:
    """`rotated` are the inboxes with a new key; of these, `taken_over` had nobody left who could
    open what comes next, and are open to whoever removed. What lies in them already opens with the
    recovery sheet."""

    rotated: tuple[str, ...]
    taken_over: tuple[str, ...]


def add_user(
    ledger: Ledger, by: Keyholder, *, name: str, email: str, role: Role, inbox_ids: Sequence[str]
) -> Joined:
    """A user who can open these inboxes, with all that lies in them.

    Raises NotAllowed, NotHeld, KeyReplaced or EmailTaken.
    """
    by.require_owner()
    user_id = ledger.new_id()
    new = NewKey.draw(user_id)
    with ledger.keys.change(actor=by.actor) as change:
        opened = open_inboxes(change, ledger, by, inbox_ids)
        grants = wrap_all(new.holder(user_id), opened, ledger.meta.instance_id())
        change.add_user(a_user(user_id, name, email, role, new), grants)
        change.note("user.added", f"{user_id} inboxes={','.join(sorted(set(inbox_ids)))}")
    return Joined(user_id, new.passphrase)


def remove_user(ledger: Ledger, by: Keyholder, user_id: str) -> Removed:
    """Ends a user's sessions, passkeys and grants, and makes new keys for their inboxes at once.

    A copy of the database that they kept opens nothing that comes in from now on. Raises
    NotAllowed, LastOwner, NotFound.
    """
    by.require_owner()
    leaving = ledger.people.user(user_id)
    instance = ledger.meta.instance_id()
    taken_over = []
    with ledger.keys.change(actor=by.actor) as change:
        _require_another_owner(ledger, leaving)
        held = sorted({one.inbox_id for one in change.grants_of(HolderKind.USER, user_id)})
        told = [box for box in change.inbox_ids() if change.recipient_count(box)]
        change.take_out_user(user_id)
        for inbox_id in held:
            holders = change.holders_of(inbox_id)
            if not any(one.kind is HolderKind.USER for one in holders):
                taken_over.append(inbox_id)
                heir = _heir(change, ledger, by, leaving)
                holders = [heir, *holders]
            renew_key(change, instance, inbox_id, holders)
        for inbox_id in told:
            if not change.recipient_count(inbox_id):
                heir = _heir(change, ledger, by, leaving)
                change.add_recipient(notices_to(ledger, inbox_id, ledger.people.user(heir.id)))
        change.note("user.removed", f"{user_id} rotated={','.join(held)}")
    return Removed(tuple(held), tuple(taken_over))


def change_role(ledger: Ledger, by: Keyholder, user_id: str, role: Role) -> None:
    """What they may do from their next tap on; what they can open stays as it is.

    Raises NotAllowed, LastOwner, NotFound.
    """
    by.require_owner()
    with ledger.keys.change(actor=by.actor) as change:
        whom = ledger.people.user(user_id)
        if whom.role is role:
            return
        if whom.role is Role.OWNER:
            _require_another_owner(ledger, whom)
        change.set_role(user_id, role)
        change.note("user.role_set", f"{user_id} role={role.value}")


def a_user(user_id: str, name: str, email: str, role: Role, new: NewKey) -> NewUser:
    return NewUser(
        id=user_id,
        name=" ".join(name.split()),
        email=email.strip().lower(),
        role=role,
        public_key=new.pair.public.to_bytes(),
        locked_private_key=new.locked,
    )


def notices_to(ledger: Ledger, inbox_id: str, user: User) -> Recipient:
    return Recipient(ledger.new_id(), inbox_id, Channel.EMAIL, user.email, 0, user.id)


def _require_another_owner(ledger: Ledger, leaving: User) -> None:
    owners = [user for user in ledger.people.users() if user.role is Role.OWNER]
    if [owner.id for owner in owners] == [leaving.id]:
        raise LastOwner(leaving.name)


def _heir(change: KeyChange, ledger: Ledger, by: Keyholder, leaving: User) -> Holder:
    """Who opens what nobody else can: the one who removes, or else the first owner who stays."""
    if by.kind is HolderKind.USER and by.id != leaving.id:
        return change.user_holder(by.id)
    owners = (user for user in ledger.people.users() if user.role is Role.OWNER)
    return change.user_holder(next(user.id for user in owners if user.id != leaving.id))
