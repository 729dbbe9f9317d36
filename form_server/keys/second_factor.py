"""The second factor: digits of an app, or a device that is asked for after the six words.

The words open the user's key, and that key opens the app's secret: neither is of use alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from form_server.keys.holding import Keyholder
from form_server.keys.passkeys import Registered
from form_server.ledger import NO_LOCK, Ledger, NewPasskey, Passkey
from form_server.vault import AuthenticatorSecret, CodeRefused

_BEFORE_ALL: Final = -1


@dataclass(frozen=True)
class Asked:
    """What is asked for after the six words. `devices` are all passkeys of the user, once one of
    them is a second factor or an app is there."""

    app: bool
    devices: Sequence[Passkey]


def second_factor_of(ledger: Ledger, user_id: str) -> Asked | None:
    """None for a user whose six words are enough, or who has nothing yet that could be asked for.

    Where the practice asks everybody, a passkey that opens the key is asked for as well: else the
    words would be a way past it.
    """
    app = ledger.second_factors.authenticator_of(user_id) is not None
    devices = ledger.passkeys.of_user(user_id)
    is_second = any(not one.opens_key for one in devices)
    if app or is_second or (devices and ledger.second_factors.is_for_all()):
        return Asked(app, devices)
    return None


def must_set_up(ledger: Ledger, user_id: str) -> bool:
    """Whether the practice asks for a second step that this user does not have."""
    return ledger.second_factors.is_for_all() and second_factor_of(ledger, user_id) is None


def add_authenticator(
    ledger: Ledger, by: Keyholder, secret: AuthenticatorSecret, typed: str, now: datetime
) -> None:
    """The user's own app, once its digits prove that it works. Raises CodeRefused."""
    step = secret.step_of(typed, now, after=_BEFORE_ALL)
    sealed = secret.seal(by.key.public, about=by.id)
    ledger.second_factors.add_authenticator(by.id, sealed, step, actor=by.actor)


def meet_digits(ledger: Ledger, by: Keyholder, typed: str, now: datetime) -> None:
    """Takes the digits of now, once. Raises CodeRefused, CodeSpent, or BoxRefused when the stored
    secret was altered."""
    kept = ledger.second_factors.authenticator_of(by.id)
    if kept is None:
        raise CodeRefused
    secret = AuthenticatorSecret.open(kept.sealed_secret, by.key, about=by.id)
    step = secret.step_of(typed, now, after=kept.last_step)
    ledger.second_factors.take_step(by.id, step)


def add_second_device(ledger: Ledger, by: Keyholder, registered: Registered) -> None:
    """A passkey that opens no key, and is asked for after the six words. Raises AnswerSpent."""
    new = NewPasskey(
        id=registered.id,
        user_id=by.id,
        credential_id=registered.credential_id,
        public_key=registered.public_key,
        sign_count=registered.sign_count,
        locked_private_key=NO_LOCK,
        label=registered.label,
    )
    ledger.passkeys.add(new, registered.met, actor=by.actor)


def reset_second_factor(ledger: Ledger, by: Keyholder, user_id: str) -> bool:
    """For a user whose phone is gone: their words alone let them in again, and they are signed out
    everywhere. False when there was no second factor. Raises NotAllowed or NotFound."""
    by.require_owner()
    ledger.people.user(user_id)
    if not ledger.second_factors.remove_all(user_id, actor=by.actor):
        return False
    ledger.sessions.revoke_all(user_id, actor=by.actor)
    return True
