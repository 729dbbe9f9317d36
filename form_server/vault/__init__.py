"""Sealing, keys and passphrases: bytes in, bytes out. Knows no database and no web.

An inbox has a key pair, and a referral is sealed to it as it comes in (`seal`). Its private key is
wrapped for every user who may read, and for the recovery sheet (`wrap_key`). A user's own private
key is locked under a passphrase (`lock`) and under passkeys (`lock_with_prf`), and for a session's
length under its cookie (`SessionSecret`). Adding a user wraps once more; removing one makes a new
key pair and version. Mail that waits is sealed under the `ServerKey`.
"""

from form_server.vault.authenticator import AuthenticatorSecret, CodeRefused, step_at
from form_server.vault.base32 import fingerprint
from form_server.vault.envelope import Binding, Blank, EnvelopeRefused, open_sealed, seal
from form_server.vault.errors import BoxRefused, KeyDamaged, VaultRefused
from form_server.vault.invitation import InvitationRefused, InvitationSecret
from form_server.vault.keys import (
    GrantBinding,
    KeyPair,
    KeyRefused,
    PrivateKey,
    PublicKey,
    unwrap_key,
    wrap_key,
)
from form_server.vault.passkey import PasskeyRefused, lock_with_prf, unlock_with_prf
from form_server.vault.passphrase import (
    Cost,
    PassphraseBusy,
    PassphraseRefused,
    generate_passphrase,
    lock,
    normalise_passphrase,
    refuse_stranger,
    unlock,
)
from form_server.vault.recovery import RecoveryMistyped, RecoveryRefused, RecoverySecret
from form_server.vault.server_key import ServerKey, ServerKeyDamaged, ServerKeyRefused
from form_server.vault.session_key import SessionRefused, SessionSecret

__all__ = [
    "AuthenticatorSecret",
    "Binding",
    "Blank",
    "BoxRefused",
    "CodeRefused",
    "Cost",
    "EnvelopeRefused",
    "GrantBinding",
    "InvitationRefused",
    "InvitationSecret",
    "KeyDamaged",
    "KeyPair",
    "KeyRefused",
    "PasskeyRefused",
    "PassphraseBusy",
    "PassphraseRefused",
    "PrivateKey",
    "PublicKey",
    "RecoveryMistyped",
    "RecoveryRefused",
    "RecoverySecret",
    "ServerKey",
    "ServerKeyDamaged",
    "ServerKeyRefused",
    "SessionRefused",
    "SessionSecret",
    "VaultRefused",
    "fingerprint",
    "generate_passphrase",
    "lock",
    "lock_with_prf",
    "normalise_passphrase",
    "open_sealed",
    "refuse_stranger",
    "seal",
    "step_at",
    "unlock",
    "unlock_with_prf",
    "unwrap_key",
    "wrap_key",
]
