from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.vault import KeyPair, SessionRefused, SessionSecret
from form_server.vault.box import seal_box


def test_the_cookie_opens_the_users_key(inbox: KeyPair) -> None:
    session = SessionSecret.generate()
    sealed = session.seal_key(inbox.private, about="u-1")
    back = SessionSecret.from_token(session.token)
    assert back.open_key(sealed, about="u-1") == inbox.private
    assert back.token_hash == session.token_hash


def test_a_token_is_safe_in_a_cookie_and_not_to_be_found_in_the_row(inbox: KeyPair) -> None:
    session = SessionSecret.generate()
    row = session.seal_key(inbox.private, about="u-1") + session.token_hash
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", session.token)
    assert session.to_bytes() not in row
    assert inbox.private.to_bytes() not in row


def test_another_cookie_user_or_altered_row_is_refused(inbox: KeyPair) -> None:
    session = SessionSecret.generate()
    sealed = session.seal_key(inbox.private, about="u-1")
    for cookie, about, row in (
        (SessionSecret.generate(), "u-1", sealed),
        (session, "u-2", sealed),
        (session, "u-1", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (session, "u-1", b""),
        (session, "u-1", seal_box(b"no key", session, "session", "u-1")),
    ):
        with pytest.raises(SessionRefused, match="Sign in again"):
            cookie.open_key(row, about=about)


@given(st.text(max_size=60))
def test_a_cookie_that_somebody_made_up_is_refused(token: str) -> None:
    with pytest.raises(SessionRefused):
        SessionSecret.from_token(token)


def test_a_token_has_one_spelling() -> None:
    token = SessionSecret(bytes(32)).token
    assert SessionSecret.from_token(token) == SessionSecret(bytes(32))
    for other in (token[:-1] + "B", token + "=", token + "A", token[:-1], " " + token):
        with pytest.raises(SessionRefused):
            SessionSecret.from_token(other)
