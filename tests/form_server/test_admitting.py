from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.admitting import (
    Admitting,
    hash_of_token,
    likeness,
    read_token,
    write_token,
    write_words,
)
from form_server.ledger import InboxKey, Ledger, NewInbox, NotFound
from form_server.vault import Binding, KeyPair, ServerKey, VaultRefused, open_sealed
from tests.form_server.ledger.things import establish


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as opened:
        opened.migrate()
        establish(opened)
        yield opened


def test_a_status_token_is_the_same_for_a_referral_and_another_for_the_next(
    ledger: Ledger,
) -> None:
    key = ServerKey.generate()
    admitting = Admitting(ledger, key)

    first = admitting.token("r000001")

    assert len(first) == 16
    assert Admitting(ledger, key).token("r000001") == first
    assert admitting.token("r000002") != first
    assert Admitting(ledger, ServerKey.generate()).token("r000001") != first


def test_a_token_comes_back_from_its_link(ledger: Ledger) -> None:
    token = Admitting(ledger, ServerKey.generate()).token("r000001")

    assert read_token(write_token(token)) == token
    assert len(hash_of_token(token)) == 32


def test_likeness_tells_the_same_words_to_who_has_the_key() -> None:
    first = likeness(bytes(32), b"words")

    assert len(first) == 32
    assert likeness(bytes(32), b"words") == first
    assert likeness(bytes(32), b"other words") != first
    assert likeness(b"k" * 32, b"words") != first


@pytest.mark.parametrize("text", ["", "short", "ä" * 22, "!" * 22, "A" * 23])
def test_what_cannot_be_a_token_is_none(text: str) -> None:
    assert read_token(text) is None


def test_sealed_words_open_with_the_inbox_key_and_for_this_referral_alone(
    ledger: Ledger,
) -> None:
    pair = KeyPair.generate()
    inbox = NewInbox("inbox-2", "Sam Rivera", "sam-rivera")
    ledger.inboxes.add(inbox, InboxKey("inbox-2", 1, pair.public.to_bytes()), [], actor="test")

    sealed = Admitting(ledger, ServerKey.generate()).seal(b"words", "r000009", "inbox-2")

    about = Binding(ledger.meta.instance_id(), "r000009", "inbox-2", sealed.key_version)
    assert open_sealed(sealed.envelope, pair.private, about) == b"words"
    other = Binding(ledger.meta.instance_id(), "r000010", "inbox-2", sealed.key_version)
    with pytest.raises(VaultRefused):
        open_sealed(sealed.envelope, pair.private, other)


def test_nothing_is_sealed_to_an_inbox_that_is_not_there(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        Admitting(ledger, ServerKey.generate()).seal(b"words", "r000009", "nowhere")


def test_words_leave_out_what_was_not_said() -> None:
    words = write_words({"kind": "office", "patient_name": "Zoë", "note": "", "text_ok": False})

    assert json.loads(words) == {"v": 1, "kind": "office", "patient_name": "Zoë"}
