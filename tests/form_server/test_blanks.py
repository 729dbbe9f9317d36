from __future__ import annotations

import pytest

from form_server.blanks import Blanks
from form_server.ledger import InboxKey
from form_server.vault import Binding, KeyDamaged, KeyPair, PublicKey, open_sealed

PRACTICE = "harbor-street"
PAIR, NEWER = KeyPair.generate(), KeyPair.generate()


def inbox_key(inbox: str = "front-desk", version: int = 1, pair: KeyPair = PAIR) -> InboxKey:
    return InboxKey(inbox, version, pair.public.to_bytes())


def opens(blanks: Blanks, key: InboxKey, pair: KeyPair = PAIR) -> bool:
    about = Binding(PRACTICE, "r-1", key.inbox_id, key.version)
    return open_sealed(blanks.take(key).close(b"words", about), pair.private, about) == b"words"


def count_made(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    made: list[bytes] = []
    encrypt = PublicKey.encrypt

    def counted(self: PublicKey, plaintext: bytes, info: bytes) -> bytes:
        made.append(info)
        return encrypt(self, plaintext, info)

    monkeypatch.setattr(PublicKey, "encrypt", counted)
    return made


def test_a_blank_that_was_made_ahead_costs_the_office_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blanks = Blanks(PRACTICE, most=3)
    assert blanks.refill([inbox_key()]) == 3
    made = count_made(monkeypatch)
    assert all(opens(blanks, inbox_key()) for _ in range(3))
    assert made == []


def test_a_rush_that_is_longer_makes_its_own() -> None:
    blanks = Blanks(PRACTICE, most=1)
    blanks.refill([inbox_key()])
    assert all(opens(blanks, inbox_key()) for _ in range(4))


def test_a_pile_that_did_not_suffice_is_doubled_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("form_server.blanks.MOST_IN_A_RUSH", 7)
    blanks = Blanks(PRACTICE, most=2)
    made = []
    for rush in (3, 4, 5, 8, 8):
        made.append(blanks.refill([inbox_key()]))
        for _ in range(rush):
            blanks.take(inbox_key())
    assert made == [2, 4, 4, 7, 7]


def test_each_is_used_once() -> None:
    blanks = Blanks(PRACTICE, most=2)
    blanks.refill([inbox_key()])
    first, second = blanks.take(inbox_key()), blanks.take(inbox_key())
    assert first is not second
    assert blanks.refill([inbox_key()]) == 2


def test_a_rotated_key_leaves_no_blank_of_the_old_one() -> None:
    blanks = Blanks(PRACTICE, most=2)
    blanks.refill([inbox_key()])
    newer = inbox_key(version=2, pair=NEWER)
    assert opens(blanks, newer, NEWER)
    assert blanks.refill([newer]) == 2


def test_inboxes_share_the_room() -> None:
    blanks = Blanks(PRACTICE, most=4)
    assert blanks.refill([inbox_key("a"), inbox_key("b")]) == 4
    assert opens(blanks, inbox_key("a"))
    assert opens(blanks, inbox_key("b"))
    assert blanks.refill([inbox_key("a"), inbox_key("b")]) == 2


def test_making_gives_way_before_each() -> None:
    asked: list[None] = []
    Blanks(PRACTICE, most=3).refill([inbox_key()], lambda: asked.append(None))
    assert len(asked) == 3


def test_a_damaged_key_is_said() -> None:
    with pytest.raises(KeyDamaged):
        Blanks(PRACTICE).take(InboxKey("front-desk", 1, b"short"))
