from __future__ import annotations

import pytest

from form_server.vault import InvitationRefused, InvitationSecret, SessionSecret


def test_the_link_yields_the_same_key_each_time() -> None:
    secret = InvitationSecret.generate()
    again = InvitationSecret.from_token(secret.token)

    assert again.key_pair() == secret.key_pair()
    assert again.token_hash == secret.token_hash
    assert InvitationSecret.generate().key_pair() != secret.key_pair()


def test_the_key_of_a_link_is_the_same_in_later_versions() -> None:
    secret = InvitationSecret(bytes(range(32)))
    assert secret.key_pair().public.fingerprint == "H4E0-4TAQ-KEA7-07V0"


@pytest.mark.parametrize("token", ["", "A", "A" * 42 + "B", "A" * 44, "é" * 43, "A" * 42 + "\n"])
def test_what_is_no_link_is_refused(token: str) -> None:
    with pytest.raises(InvitationRefused, match="Ask for a new one"):
        InvitationSecret.from_token(token)


def test_the_row_tells_neither_link_nor_key() -> None:
    secret = InvitationSecret.generate()
    for shown in (secret.token_hash, secret.key_pair().public.to_bytes()):
        assert secret.to_bytes() not in shown
        assert secret.key_pair().private.to_bytes() not in shown
    assert secret.token not in repr(secret)


def test_a_link_is_no_cookie() -> None:
    secret = InvitationSecret.generate()
    assert SessionSecret.from_token(secret.token) != secret
