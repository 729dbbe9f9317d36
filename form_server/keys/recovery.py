"""The recovery sheet: a way back in when words are lost, and a new sheet in the place of an old one."""

from __future__ import annotations

from dataclasses import dataclass, field

from form_server.keys.errors import NotHeld
from form_server.keys.holding import Keyholder, find_user, open_sheet
from form_server.keys.users import NewKey
from form_server.keys.wrapping import open_inboxes, wrap_all
from form_server.ledger import Holder, HolderKind, Ledger, RecoveryKey, Role
from form_server.vault import KeyPair, RecoverySecret


@dataclass(frozen=True)
class Readmission:
    user_id: str
    passphrase: str = field(repr=False)


def readmit(ledger: Ledger, secret: RecoverySecret, *, email: str) -> Readmission:
    """A new key and passphrase for the user with that address, by the recovery sheet.

    They can open again what they could open before, and an owner who could open nothing opens
    everything. The lost key opens nothing any more; all their sessions and passkeys end. Raises
    RecoveryRefused, NothingToRecover, KeyReplaced or NoSuchUser.
    """
    sheet = open_sheet(ledger, secret)
    lost = find_user(ledger, email)
    new = NewKey.draw(lost.id)
    with ledger.keys.change(actor=sheet.actor) as change:
        held = {one.inbox_id for one in change.grants_of(HolderKind.USER, lost.id)}
        if not held and lost.role is Role.OWNER:
            held = set(change.inbox_ids())
        opened = open_inboxes(change, ledger, sheet, held)
        grants = wrap_all(new.holder(lost.id), opened, ledger.meta.instance_id())
        change.rekey_user(lost.id, new.pair.public.to_bytes(), new.locked, grants)
        change.note("user.recovered", lost.id)
    return Readmission(lost.id, new.passphrase)


def renew_recovery(ledger: Ledger, by: Keyholder, secret: RecoverySecret) -> None:
    """Makes `secret` the sheet that opens everything; the old one opens nothing any more.

    Whoever calls has put the new one on paper before: it is kept nowhere.

    Somebody who can open every inbox does it, or the old sheet itself. When the old one may have
    been seen with a copy of the database, rotate the inboxes as well. Raises NotAllowed, NotHeld
    or KeyReplaced.
    """
    by.require_owner()
    recovery_id = ledger.new_id()
    recovery = new_recovery(recovery_id, secret)
    with ledger.keys.change(actor=by.actor) as change:
        inbox_ids = change.inbox_ids()
        opened = open_inboxes(change, ledger, by, inbox_ids)
        shut = [
            ledger.inboxes.get(one.inbox_id).name
            for inbox_id in inbox_ids
            for one in change.keys_of(inbox_id)
            if (one.inbox_id, one.version) not in opened
        ]
        if shut:
            raise NotHeld(dict.fromkeys(shut))
        holder = Holder(HolderKind.RECOVERY, recovery_id, recovery.public_key)
        grants = wrap_all(holder, opened, ledger.meta.instance_id())
        change.replace_recovery(recovery, grants)
        change.note("recovery.renewed", recovery_id)


def new_recovery(recovery_id: str, secret: RecoverySecret) -> RecoveryKey:
    """The key pair that this sheet opens."""
    pair = KeyPair.generate()
    locked = secret.lock(pair.private.to_bytes(), about=recovery_id)
    return RecoveryKey(recovery_id, pair.public.to_bytes(), locked)
