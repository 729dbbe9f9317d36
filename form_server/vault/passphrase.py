"""Six words that lock a user's key. No hash of them is stored: to sign in is to open the key."""

from __future__ import annotations

import secrets
import struct
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NoReturn

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from form_server.vault.box import open_box, seal_box
from form_server.vault.errors import BoxRefused, VaultRefused
from form_server.vault.framing import header
from form_server.vault.secret import SECRET_BYTES, Secret
from outreach_kit.errors import HandoffError

LOCK_HEADER: Final = header(b"P", 1)
WORDS: Final = 6  # of 7,772: 77 bits, and Argon2id makes each guess cost 64 MiB
# Spaces, punctuation, control, invisible formatting, lone surrogates (Unicode general categories).
_CARRIES_NOTHING: Final = frozenset(
    ("Zs", "Zl", "Zp", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Cc", "Cf", "Cs")
)

_COST: Final = struct.Struct(">IB")
_SALT_BYTES: Final = 16  # RFC 9106, section 4
_BOX_AT: Final = len(LOCK_HEADER) + _COST.size + _SALT_BYTES

# A stored lock states its own cost; past these it was altered, and would only eat the machine.
_MOST_MEMORY_KIB: Final = 256 * 1024
_MOST_PASSES: Final = 10


@dataclass(frozen=True)
class Cost:
    """What one guess costs (RFC 9106, section 4, second choice of memory and passes).

    One lane, always: in OpenSSL, lanes share the process's few threads, and two runs of several
    lanes at once can each wait for a thread that the other holds, for ever.
    """

    memory_kib: int = 64 * 1024
    passes: int = 3


class PassphraseRefused(VaultRefused):
    """The passphrase does not open the lock; `damaged` when no passphrase could."""

    def __init__(self, *, damaged: bool = False) -> None:
        self.damaged = damaged
        super().__init__(
            "This stored key is damaged: no passphrase opens it. Use the recovery sheet, or "
            "restore it from a backup."
            if damaged
            else "The passphrase does not open this key. Check each of the six words; capitals, "
            "spaces and hyphens do not matter."
        )


class PassphraseBusy(HandoffError):
    """Too many passphrases are being tried at once."""

    def __init__(self) -> None:
        super().__init__("Too many people are signing in at once. Try again in a minute.")


class Turnstile:
    """Lets a few in at a time; whoever waits longer than `longest_wait_s` gets PassphraseBusy."""

    def __init__(self, places: int, longest_wait_s: float) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._longest_wait_s = longest_wait_s

    @contextmanager
    def turn(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._longest_wait_s):
            raise PassphraseBusy
        try:
            yield
        finally:
            self._places.release()


# One for the process, whose memory it guards: each run holds 64 MiB. A flood of sign-ins waits
# here only briefly, so that referrals keep their threads.
runs: Final = Turnstile(places=2, longest_wait_s=2.0)


def generate_passphrase(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """Six words with spaces between, drawn from the EFF's long list."""
    return " ".join(choose(word_list()) for _ in range(WORDS))


@cache
def word_list() -> tuple[str, ...]:
    """7,772 words of 3 to 9 letters, none of which begins another, so that spaces carry nothing.

    The list's four words with a hyphen are left out: nobody remembers where the hyphen was.
    """
    text = files("xkcdpass").joinpath("static", "eff-long").read_text("ascii")
    return tuple(word for word in text.split() if word.isalpha())


def normalise_passphrase(text: str) -> str:
    """The letters, digits and symbols that were meant, however a keyboard or a phone wrote them.

    Capitals, spaces, hyphens, other punctuation (a phone's full stop after two spaces) and
    invisible characters are dropped; what looks alike for Unicode (NFKC) is alike.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign) not in _CARRIES_NOTHING)


def lock(secret: bytes, passphrase: str, *, about: str = "", cost: Cost | None = None) -> bytes:
    """`secret` locked under Argon2id of the passphrase, with its cost and salt in front.

    `about` says whose key it is (a user's id), and must be the same at `unlock`. Raises ValueError
    for a passphrase that has nothing in it, PassphraseBusy when the machine is flooded.
    """
    if not normalise_passphrase(passphrase):
        raise ValueError("a passphrase needs letters")
    spent = cost or Cost()
    salt = secrets.token_bytes(_SALT_BYTES)
    front = LOCK_HEADER + _COST.pack(spent.memory_kib, spent.passes) + salt
    return front + seal_box(secret, _stretch(passphrase, salt, spent), "passphrase", about)


def unlock(locked: bytes, passphrase: str, *, about: str = "") -> bytes:
    """The secret; raises PassphraseRefused for another passphrase or owner, or altered bytes."""
    if len(locked) < _BOX_AT or not locked.startswith(LOCK_HEADER):
        raise PassphraseRefused(damaged=True)
    cost = Cost(*_COST.unpack_from(locked, len(LOCK_HEADER)))
    if not (8 <= cost.memory_kib <= _MOST_MEMORY_KIB and 1 <= cost.passes <= _MOST_PASSES):
        raise PassphraseRefused(damaged=True)
    key = _stretch(passphrase, locked[_BOX_AT - _SALT_BYTES : _BOX_AT], cost)
    try:
        return open_box(locked[_BOX_AT:], key, "passphrase", about)
    except BoxRefused as error:
        raise PassphraseRefused from error


def refuse_stranger(passphrase: str) -> NoReturn:
    """PassphraseRefused for a name nobody has, after the time that a real one would have taken."""
    _stretch(passphrase, bytes(_SALT_BYTES), Cost())
    raise PassphraseRefused


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> Secret:
    typed = normalise_passphrase(passphrase).encode()
    argon2 = Argon2id(
        salt=salt,
        length=SECRET_BYTES,
        iterations=cost.passes,
        lanes=1,
        memory_cost=cost.memory_kib,
    )
    with runs.turn():
        return Secret(argon2.derive(typed))
