from __future__ import annotations

import random
import re
import secrets

from form_server import receipts
from form_server.receipts import POSSIBLE, draw_receipt


def test_a_receipt_is_two_words_and_a_number_of_two_digits() -> None:
    drawn = [draw_receipt(secrets.randbelow) for _ in range(500)]

    assert all(re.fullmatch(r"[a-z]{3,12}-[a-z]{3,12}-[1-9][0-9]", one) for one in drawn)
    assert len(set(drawn)) > 490


def test_every_word_is_drawn_and_none_stands_in_both_places() -> None:
    picked = random.Random(1)
    words = {word for _ in range(9000) for word in draw_receipt(picked.randrange).split("-")[:2]}

    assert set(receipts._FIRST) | set(receipts._SECOND) == words
    assert not set(receipts._FIRST) & set(receipts._SECOND)
    assert POSSIBLE > 3_000_000
