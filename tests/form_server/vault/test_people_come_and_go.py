"""The life of one practice's keys: users added and removed, a key rotated, a passphrase lost."""

from __future__ import annotations

import pytest

from form_server.vault import (
    Binding,
    Cost,
    EnvelopeRefused,
    GrantBinding,
    KeyPair,
    KeyRefused,
    PrivateKey,
    RecoverySecret,
    generate_passphrase,
    lock,
    open_sealed,
    seal,
    unlock,
    unwrap_key,
    wrap_key,
)

PRACTICE = "harbor-street"


def grant(version: int, holder: str) -> GrantBinding:
    return GrantBinding(PRACTICE, "front-desk", version, holder)


def place(referral: str, version: int) -> Binding:
    return Binding(PRACTICE, referral, "front-desk", version)


def test_a_user_signs_in_and_opens_what_came_in_overnight(quick: Cost) -> None:
    passphrase = generate_passphrase()
    user, front_desk = KeyPair.generate(), KeyPair.generate()
    locked = lock(user.private.to_bytes(), passphrase, about="u-1", cost=quick)
    wrapped = wrap_key(front_desk.private, user.public, grant(1, "user:u-1"))
    envelope = seal(b"a referral", front_desk.public, place("r-1", 1))

    signed_in = PrivateKey.from_bytes(unlock(locked, passphrase.upper(), about="u-1"))
    opened = unwrap_key(wrapped, signed_in, grant(1, "user:u-1"))
    assert open_sealed(envelope, opened, place("r-1", 1)) == b"a referral"


def test_a_user_added_later_reads_older_referrals_without_resealing_them() -> None:
    nora, sam, front_desk = KeyPair.generate(), KeyPair.generate(), KeyPair.generate()
    envelope = seal(b"a referral", front_desk.public, place("r-1", 1))
    noras = wrap_key(front_desk.private, nora.public, grant(1, "user:nora"))

    shared = unwrap_key(noras, nora.private, grant(1, "user:nora"))
    sams = wrap_key(shared, sam.public, grant(1, "user:sam"))

    opened = unwrap_key(sams, sam.private, grant(1, "user:sam"))
    assert open_sealed(envelope, opened, place("r-1", 1)) == b"a referral"


def test_a_removed_user_cannot_open_what_comes_after_the_rotation() -> None:
    nora, sam, old = KeyPair.generate(), KeyPair.generate(), KeyPair.generate()
    sams = wrap_key(old.private, sam.public, grant(1, "user:sam"))
    new = KeyPair.generate()
    noras_new = wrap_key(new.private, nora.public, grant(2, "user:nora"))
    after = seal(b"a later referral", new.public, place("r-2", 2))

    kept = unwrap_key(sams, sam.private, grant(1, "user:sam"))
    with pytest.raises(EnvelopeRefused):
        open_sealed(after, kept, place("r-2", 2))
    with pytest.raises(KeyRefused):
        unwrap_key(noras_new, sam.private, grant(2, "user:nora"))
    with pytest.raises(KeyRefused):
        unwrap_key(sams, sam.private, grant(2, "user:sam"))

    opened = unwrap_key(noras_new, nora.private, grant(2, "user:nora"))
    assert open_sealed(after, opened, place("r-2", 2)) == b"a later referral"


def test_the_recovery_sheet_opens_every_inbox_when_every_passphrase_is_lost() -> None:
    sheet, recovery = RecoverySecret.generate(), KeyPair.generate()
    locked = sheet.lock(recovery.private.to_bytes(), about="recovery:1")
    inboxes = {name: KeyPair.generate() for name in ("front-desk", "nora")}
    wrapped = {
        name: wrap_key(keys.private, recovery.public, GrantBinding(PRACTICE, name, 1, "recovery:1"))
        for name, keys in inboxes.items()
    }

    typed = RecoverySecret.parse("\n".join(sheet.groups))
    recovered = PrivateKey.from_bytes(typed.unlock(locked, about="recovery:1"))
    for name, keys in inboxes.items():
        about = GrantBinding(PRACTICE, name, 1, "recovery:1")
        assert unwrap_key(wrapped[name], recovered, about) == keys.private
