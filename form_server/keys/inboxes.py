"""Inboxes: made, rotated, opened to somebody, closed to somebody."""

from __future__ import annotations

from collections.abc import Sequence

from form_server.keys.errors import InboxTaken, NobodyLeft, NoSuchInbox
from form_server.keys.holding import Keyholder
from form_server.keys.users import notices_to
from form_server.keys.wrapping import open_inboxes, renew_key, wrap_all, wrap_for
from form_server.ledger import HolderKind, Inbox, InboxKey, KeyChange, Ledger, NewInbox
from form_server.vault import KeyPair

_FIRST_VERSION = 1


def find_inbox(ledger: Ledger, wanted: str) -> Inbox:
    """By name, clinician's slug or id; raises NoSuchInbox."""
    inboxes = ledger.inboxes.all()
    folded = " ".join(wanted.split()).casefold()
    found = [one for one in inboxes if folded in {one.id, one.clinician, one.name.casefold()}]
    if len(found) != 1:
        raise NoSuchInbox(wanted, (one.name for one in inboxes))
    return found[0]


def add_inbox(
    ledger: Ledger, by: Keyholder, *, name: str, clinician: str | None, user_ids: Sequence[str]
) -> str:
    """An inbox that these users, and the recovery sheet, can open; notices go to each of them.

    `clinician` is the slug whose referrals land here from now on, or None for the front desk. What
    came in before stays where it is. Returns its id. Raises NotAllowed, InboxTaken, NobodyLeft or
    NotFound.
    """
    by.require_owner()
    if not user_ids:
        raise NobodyLeft(name)
    instance, inbox_id, pair = ledger.meta.instance_id(), ledger.new_id(), KeyPair.generate()
    with ledger.keys.change(actor=by.actor) as change:
        for other in map(ledger.inboxes.get, change.inbox_ids()):
            if other.clinician == clinician or other.name.casefold() == name.casefold():
                raise InboxTaken(other.name)
        users = [change.user_holder(user_id) for user_id in dict.fromkeys(user_ids)]
        recovery = change.recovery_holder()
        change.add_inbox(
            NewInbox(inbox_id, name, clinician),
            InboxKey(inbox_id, _FIRST_VERSION, pair.public.to_bytes()),
            [
                wrap_for(one, pair.private, instance, inbox_id, _FIRST_VERSION)
                for one in [*users, *([recovery] if recovery else [])]
            ],
        )
        for one in users:
            change.add_recipient(notices_to(ledger, inbox_id, ledger.people.user(one.id)))
        opens = ",".join(one.id for one in users)
        change.note("inbox.added", f"{inbox_id} users={opens}")
    return inbox_id


def rotate_inbox(ledger: Ledger, by: Keyholder, inbox_id: str) -> int:
    """A new key for what comes in from now on, for the same holders; its version.

    Raises NotAllowed or NotFound.
    """
    by.require_owner()
    with ledger.keys.change(actor=by.actor) as change:
        holders = change.holders_of(inbox_id)
        return renew_key(change, ledger.meta.instance_id(), inbox_id, holders).version


def grant_inbox(ledger: Ledger, by: Keyholder, inbox_id: str, user_id: str) -> None:
    """Lets a user open an inbox with all that lies in it, as far as `by` can open it.

    Raises NotAllowed, NotHeld, KeyReplaced or NotFound.
    """
    by.require_owner()
    with ledger.keys.change(actor=by.actor) as change:
        opened = open_inboxes(change, ledger, by, [inbox_id])
        holder = change.user_holder(user_id)
        change.add_grants(wrap_all(holder, opened, ledger.meta.instance_id()))
        change.note("inbox.granted", f"{inbox_id} to={user_id}")


def ungrant_inbox(ledger: Ledger, by: Keyholder, inbox_id: str, user_id: str) -> int:
    """Takes an inbox from a user and makes it a new key; its version, or the one in use when the
    user had none of it. Raises NotAllowed, NobodyLeft or NotFound.
    """
    by.require_owner()
    with ledger.keys.change(actor=by.actor) as change:
        if not change.withdraw(HolderKind.USER, user_id, inbox_id):
            return change.keys_of(inbox_id)[-1].version
        _require_somebody(change, ledger, inbox_id)
        change.drop_notices(user_id, inbox_id)
        if not change.recipient_count(inbox_id):
            for one in change.holders_of(inbox_id):
                if one.kind is HolderKind.USER:
                    user = ledger.people.user(one.id)
                    change.add_recipient(notices_to(ledger, inbox_id, user))
        change.note("inbox.ungranted", f"{inbox_id} from={user_id}")
        holders = change.holders_of(inbox_id)
        return renew_key(change, ledger.meta.instance_id(), inbox_id, holders).version


def _require_somebody(change: KeyChange, ledger: Ledger, inbox_id: str) -> None:
    if not any(one.kind is HolderKind.USER for one in change.holders_of(inbox_id)):
        raise NobodyLeft(ledger.inboxes.get(inbox_id).name)
