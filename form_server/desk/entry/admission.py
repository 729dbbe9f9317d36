"""Who may come in: there is no password to compare; who opens the locked key is the user."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from form_server.desk.console import Desk
from form_server.desk.entry.throttle import Place, Throttle, is_device_of
from form_server.keys import Keyholder, KeyReplaced
from form_server.ledger import User
from form_server.vault import (
    PassphraseBusy,
    PassphraseRefused,
    PrivateKey,
    refuse_stranger,
    unlock,
)

log = logging.getLogger(__name__)

# The server has eight threads. A flood of sign-ins gets three of them, and referrals the others.
SEATS: Final = threading.BoundedSemaphore(3)


def admit(
    desk: Desk, name: str, passphrase: str, *, address: str, device_mark: str | None
) -> tuple[User, PrivateKey]:
    """The user of that name or e-mail, with the key that the passphrase opened.

    A name that nobody has takes the same work and time. Raises PassphraseRefused, TooManyTries,
    PassphraseBusy, or KeyReplaced when the stored public key is not that of the opened one.
    """
    user = find_user(desk, name)
    known = user is not None and is_device_of(desk, device_mark, user.id)
    # A user's name and e-mail share one counter; a name that nobody has is counted like one.
    counted = user.id if user else name.casefold()
    throttle = Throttle(desk, counted, Place(address, device_mark if known else None))
    throttle.check(desk.clock())
    try:
        with a_seat():
            if user is None:
                refuse_stranger(passphrase)
            key = _unlock(user, passphrase)
    except PassphraseRefused:
        throttle.record_failure(desk.clock())
        raise
    throttle.record_success()
    return user, key


@contextmanager
def a_seat() -> Iterator[None]:
    """Raises PassphraseBusy at once when all are taken: waiting would hold a thread as well."""
    if not SEATS.acquire(blocking=False):
        raise PassphraseBusy
    try:
        yield
    finally:
        SEATS.release()


def _unlock(user: User, passphrase: str) -> PrivateKey:
    try:
        opened = unlock(user.locked_private_key, passphrase, about=user.id)
    except PassphraseRefused as refusal:
        if refusal.damaged:
            log.error("the stored key of user %s is damaged: no passphrase opens it", user.id)
        raise
    try:
        return Keyholder.of_user(user, PrivateKey.from_bytes(opened)).key
    except KeyReplaced as alarm:
        log.error("%s", alarm)
        raise


def find_user(desk: Desk, name: str) -> User | None:
    """By e-mail, or by a name that only one user has."""
    wanted = " ".join(name.split()).casefold()
    users = desk.ledger.people.users()
    found = [user for user in users if user.email == wanted] or [
        user for user in users if user.name.casefold() == wanted
    ]
    return found[0] if len(found) == 1 else None
