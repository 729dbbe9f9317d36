"""Sealing under a secret that is already at hand: AES-256-GCM, with its purpose and place bound in."""

from __future__ import annotations

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag

from form_server.vault.errors import BoxRefused
from form_server.vault.framing import bind, header
from form_server.vault.secret import Secret

BOX_HEADER: Final = header(b"B", 1)
# NIST SP 800-38D: random nonces of 96 bits are safe for 2**32 boxes under one key and label.
_NONCE_BYTES: Final = 12
_SHORTEST_BOX: Final = len(BOX_HEADER) + _NONCE_BYTES + 16


def seal_box(plaintext: bytes, key: Secret, label: str, *about: str | int | bytes) -> bytes:
    """Header, nonce, ciphertext, tag: 32 bytes more than the plaintext.

    `label` is the purpose, and has a key of its own; `about` is whose it is, and where it lies.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return (
        BOX_HEADER
        + nonce
        + key.cipher("box", label).encrypt(nonce, plaintext, _bound(label, about))
    )


def open_box(box: bytes, key: Secret, label: str, *about: str | int | bytes) -> bytes:
    """What was sealed under the same key, label and `about`; raises BoxRefused for all else."""
    if len(box) < _SHORTEST_BOX or not box.startswith(BOX_HEADER):
        raise BoxRefused
    nonce = box[len(BOX_HEADER) :][:_NONCE_BYTES]
    ciphertext = box[len(BOX_HEADER) + _NONCE_BYTES :]
    try:
        return key.cipher("box", label).decrypt(nonce, ciphertext, _bound(label, about))
    except InvalidTag as error:
        raise BoxRefused from error


def _bound(label: str, about: tuple[str | int | bytes, ...]) -> bytes:
    return bind(BOX_HEADER, label, *about)
