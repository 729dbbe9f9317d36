"""Everything the ledger holds after the run, opened with the practice's own key."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from form_server.admitting import read_token
from form_server.ledger import Delivery, HolderKind, Ledger, Referral
from form_server.vault import (
    Binding,
    GrantBinding,
    PrivateKey,
    VaultRefused,
    open_sealed,
    unlock,
    unwrap_key,
)


@dataclass(frozen=True)
class Opened:
    """One referral with its words, or None where its envelope stays shut."""

    referral: Referral
    words: dict[str, Any] | None
    deliveries: list[Delivery]


def open_all(ledger: Ledger, email: str, passphrase: str) -> list[Opened]:
    """Every open referral, as the user with this passphrase reads it."""
    keys = _inbox_keys(ledger, email, passphrase)
    instance = ledger.meta.instance_id()
    found: list[Opened] = []
    after = None
    while True:
        inbox_ids = sorted({inbox_id for inbox_id, _ in keys})
        page = ledger.referrals.open_in(inbox_ids, after=after, limit=200)
        for one in page.referrals:
            key = keys[one.inbox_id, one.key_version]
            words = _words(one, key, instance)
            found.append(Opened(one, words, ledger.deliveries.of_referral(one.id)))
        if (after := page.after) is None:
            return found


def referral_behind(ledger: Ledger, token: str) -> Referral | None:
    """What a status link leads to."""
    raw = read_token(token)
    return ledger.referrals.by_status_hash(hashlib.sha256(raw).digest()) if raw else None


def _inbox_keys(ledger: Ledger, email: str, passphrase: str) -> dict[tuple[str, int], PrivateKey]:
    user = ledger.people.user_by_email(email)
    assert user is not None, f"{email} cannot sign in"
    own = PrivateKey.from_bytes(unlock(user.locked_private_key, passphrase, about=user.id))
    instance = ledger.meta.instance_id()
    return {
        (grant.inbox_id, grant.version): unwrap_key(
            grant.wrapped_key, own, GrantBinding(instance, grant.inbox_id, grant.version, user.id)
        )
        for grant in ledger.inboxes.grants_for(HolderKind.USER, user.id)
    }


def _words(one: Referral, key: PrivateKey, instance: str) -> dict[str, Any] | None:
    about = Binding(instance, one.id, one.inbox_id, one.key_version)
    try:
        words: dict[str, Any] = json.loads(open_sealed(one.envelope, key, about))
    except (VaultRefused, ValueError):
        return None
    return words
