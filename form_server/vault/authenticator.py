"""Six digits that an authenticator app shows for half a minute (RFC 6238), and their secret at rest.

The secret is sealed to its user's own key, so it can be used only once the six words have opened
that key, and a copy of the database tells no digits.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from typing import Final, Self

import pyotp

from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.framing import bind, header
from form_server.vault.keys import PrivateKey, PublicKey

STEP_S: Final = 30
DRIFT_STEPS: Final = 1  # RFC 6238, section 5.2: one step for the network and a slow clock
_SECRET_BYTES: Final = 20  # RFC 4226, section 4: as long as SHA-1's output
_DIGITS: Final = 6
_HEADER: Final = header(b"A", 1)


class CodeRefused(VaultRefused):
    """The six digits are not those of now."""

    def __init__(self) -> None:
        super().__init__(
            "These six digits do not fit. Wait for the next ones in your app, and see that the "
            "phone sets its clock by itself."
        )


class AuthenticatorSecret:
    """What the app and the desk share; no repr, log line, pickle or copy shows it."""

    __slots__ = ("_bytes",)

    def __init__(self, value: bytes) -> None:
        """Raises ValueError for any other length than 20 bytes."""
        if len(value) != _SECRET_BYTES:
            raise ValueError(f"an authenticator's secret has {_SECRET_BYTES} bytes")
        self._bytes = bytes(value)

    @classmethod
    def generate(cls) -> Self:
        return cls(secrets.token_bytes(_SECRET_BYTES))

    @property
    def letters(self) -> str:
        """32 letters, as they are typed into an app that cannot scan."""
        return base64.b32encode(self._bytes).decode()

    def address(self, practice: str, user: str) -> str:
        """The `otpauth:` address that a QR code carries to the app."""
        return self._totp().provisioning_uri(name=user, issuer_name=practice)

    def digits(self, step: int) -> str:
        return self._totp().generate_otp(step)

    def step_of(self, typed: str, now: datetime, *, after: int) -> int:
        """The step whose digits these are, later than `after`, the last one that was taken.

        Digits count once: who looked over a shoulder comes too late. Raises CodeRefused.
        """
        digits = "".join(typed.split()).encode("utf-8", "replace")
        here = step_at(now)
        found = None
        for step in range(here - DRIFT_STEPS, here + DRIFT_STEPS + 1):
            same = hmac.compare_digest(self.digits(step).encode(), digits)
            if same and step > after:
                found = step
        if found is None:
            raise CodeRefused
        return found

    def seal(self, to: PublicKey, *, about: str) -> bytes:
        """For its user alone; `about` is the user's id."""
        return _HEADER + to.encrypt(self._bytes, _bound(about))

    @classmethod
    def open(cls, sealed: bytes, key: PrivateKey, *, about: str) -> Self:
        """Raises BoxRefused for another key, user, or altered bytes."""
        if not sealed.startswith(_HEADER):
            raise BoxRefused
        opened = key.decrypt(sealed[len(_HEADER) :], _bound(about))
        try:
            return cls(opened)
        except ValueError as error:
            raise BoxRefused from error

    def __repr__(self) -> str:
        return "<AuthenticatorSecret>"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("an AuthenticatorSecret is neither pickled nor copied")

    def _totp(self) -> pyotp.TOTP:
        return pyotp.TOTP(self.letters, digits=_DIGITS, interval=STEP_S)


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // STEP_S


def _bound(about: str) -> bytes:
    return bind(_HEADER, "authenticator", about)
