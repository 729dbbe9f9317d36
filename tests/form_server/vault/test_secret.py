from __future__ import annotations

import copy
import logging
import pickle
import traceback

import pytest

from form_server.vault import KeyPair, PrivateKey, RecoverySecret, ServerKey, SessionSecret
from form_server.vault.secret import Secret

KINDS = [Secret, PrivateKey, RecoverySecret, ServerKey, SessionSecret]
KNOWN = b"thirty-two bytes that must hide!"


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_is_never_shown(kind: type[Secret], caplog: pytest.LogCaptureFixture) -> None:
    secret = kind(KNOWN)
    caplog.set_level(logging.DEBUG)
    logging.getLogger("test").info("have %s and %r in %s", secret, secret, [secret])
    try:
        raise ValueError(secret)
    except ValueError as error:
        shown = "".join(
            traceback.TracebackException.from_exception(error, capture_locals=True).format()
        )
    for text in (repr(secret), str(secret), f"{secret}", caplog.text, shown):
        assert kind.__name__ in text
        assert "thirty-two" not in text
        assert KNOWN.hex() not in text


def test_a_key_pair_shows_its_public_fingerprint_only(inbox: KeyPair) -> None:
    assert repr(inbox) == (
        f"KeyPair(private=<PrivateKey>, public=<PublicKey {inbox.public.fingerprint}>)"
    )


def test_a_used_private_key_still_hides_its_bytes(inbox: KeyPair) -> None:
    key = PrivateKey.from_bytes(inbox.private.to_bytes())
    assert key.public == inbox.public
    assert inbox.private.to_bytes() not in repr(vars(key)).encode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_is_neither_pickled_nor_copied(kind: type[Secret]) -> None:
    secret = kind.generate()
    for escape in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match=kind.__name__):
            escape(secret)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_secret_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"32 bytes, not {length}"):
        Secret(bytes(length))


def test_secrets_of_one_kind_are_equal_when_their_bytes_are() -> None:
    assert Secret(KNOWN) == Secret(KNOWN)
    assert Secret(KNOWN) != Secret.generate()
    assert Secret(KNOWN) != SessionSecret(KNOWN)


def test_each_purpose_has_bytes_of_its_own() -> None:
    secret = Secret(KNOWN)
    derived = {secret.derive("a"), secret.derive("b"), secret.derive("a", "b"), KNOWN}
    assert len(derived) == 4
    assert secret.derive("a") == Secret(KNOWN).derive("a")
