"""Wrapping inbox keys to those who may open them, and making new ones."""

from __future__ import annotations

from collections.abc import Iterable

from form_server.keys.errors import NotHeld
from form_server.keys.holding import InboxKeys, Keyholder, open_grants, require_genuine
from form_server.ledger import Grant, Holder, InboxKey, KeyChange, Ledger
from form_server.vault import GrantBinding, KeyPair, PrivateKey, PublicKey, wrap_key


def wrap_for(
    holder: Holder, private: PrivateKey, instance: str, inbox_id: str, version: int
) -> Grant:
    """An inbox's private key as only this holder can take it; raises KeyDamaged."""
    about = GrantBinding(instance, inbox_id, version, holder.id)
    wrapped = wrap_key(private, PublicKey.from_bytes(holder.public_key), about)
    return Grant(inbox_id, version, holder.kind, holder.id, wrapped)


def wrap_all(holder: Holder, opened: InboxKeys, instance: str) -> list[Grant]:
    return [
        wrap_for(holder, private, instance, inbox_id, version)
        for (inbox_id, version), private in opened.items()
    ]


def open_inboxes(
    change: KeyChange, ledger: Ledger, by: Keyholder, inbox_ids: Iterable[str]
) -> dict[tuple[str, int], PrivateKey]:
    """Every version of these inboxes that `by` can open, each compared with its public key.

    Raises NotHeld when `by` cannot open the newest one, KeyRefused, or KeyReplaced.
    """
    instance = ledger.meta.instance_id()
    wanted = set(inbox_ids)
    grants = [one for one in change.grants_of(by.kind, by.id) if one.inbox_id in wanted]
    opened = open_grants(grants, by.key, by.id, instance)
    missing = []
    for inbox_id in sorted(wanted):
        stored = change.keys_of(inbox_id)
        name = ledger.inboxes.get(inbox_id).name
        require_genuine(opened, stored, name)
        if (inbox_id, stored[-1].version) not in opened:
            missing.append(name)
    if missing:
        raise NotHeld(missing)
    return dict(opened)


def renew_key(
    change: KeyChange, instance: str, inbox_id: str, holders: Iterable[Holder]
) -> InboxKey:
    """A new version for new referrals, wrapped to these holders; older ones stay as they are."""
    pair = KeyPair.generate()
    version = change.keys_of(inbox_id)[-1].version + 1
    key = InboxKey(inbox_id, version, pair.public.to_bytes())
    grants = [wrap_for(one, pair.private, instance, inbox_id, version) for one in holders]
    change.add_key(key, grants)
    change.note("inbox.rotated", f"{inbox_id} version={version}")
    return key
