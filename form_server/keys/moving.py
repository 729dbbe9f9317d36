"""A referral that belongs to somebody else: opened by who holds it, sealed to the other inbox."""

from __future__ import annotations

from collections.abc import Sequence

from form_server.keys.errors import NotHeld
from form_server.keys.holding import Keyholder, open_grants, require_genuine
from form_server.ledger import Ledger, NewDelivery, Referral
from form_server.vault import Binding, PublicKey, open_sealed, seal


def move_referral(
    ledger: Ledger,
    by: Keyholder,
    referral_id: str,
    inbox_id: str,
    deliveries: Sequence[NewDelivery] = (),
) -> Referral:
    """The referral as it lies in the other inbox, with all that is sealed for it; one commit.

    It is sealed to the newest key there, which `by` need not be able to open; `deliveries` tell who
    is there. Raises NotFound, NotHeld, EnvelopeRefused, KeyRefused, KeyReplaced, or NotNow when it
    changed meanwhile.
    """
    before = ledger.referrals.get(referral_id)
    if before.inbox_id == inbox_id:
        return before
    instance = ledger.meta.instance_id()
    here = (before.inbox_id, before.key_version)
    name = ledger.inboxes.get(before.inbox_id).name
    held = ledger.inboxes.grants_for(by.kind, by.id)
    grants = [one for one in held if (one.inbox_id, one.version) == here]
    if not grants:
        raise NotHeld([name])
    opened = open_grants(grants, by.key, by.id, instance)
    require_genuine(opened, ledger.inboxes.keys(before.inbox_id), name)
    private = opened[here]
    target = ledger.inboxes.active_key(inbox_id)
    public = PublicKey.from_bytes(target.public_key)

    def reseal(sealed: bytes, part: str) -> bytes:
        was = Binding(instance, before.id, before.inbox_id, before.key_version, part)
        becomes = Binding(instance, before.id, inbox_id, target.version, part)
        return seal(open_sealed(sealed, private, was), public, becomes)

    beside = ledger.moves.parts_of(before.id)
    parts = {part: reseal(sealed, part) for part, sealed in beside.items()}
    envelope = reseal(before.envelope, "referral")
    return ledger.moves.move(
        before, inbox_id, target.version, envelope, parts, actor=by.actor, deliveries=deliveries
    )
