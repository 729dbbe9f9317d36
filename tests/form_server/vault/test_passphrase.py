from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from form_server.vault import (
    Cost,
    PassphraseBusy,
    PassphraseRefused,
    generate_passphrase,
    lock,
    normalise_passphrase,
    passphrase,
    refuse_stranger,
    unlock,
)
from form_server.vault.passphrase import LOCK_HEADER, Turnstile, word_list
from tests.form_server.locks import locking_in_earnest

SECRET = b"a private key of thirty-two byte"
SPOKEN = "anchor velvet tulip harbor lantern maple"
QUICK = Cost(memory_kib=64, passes=1)
LOCKED = lock(SECRET, SPOKEN, about="u-1", cost=QUICK)
# What is read before any work is done: the header, and the upper bytes of the stated cost.
FRONT_BITS = (len(LOCK_HEADER) + 5) * 8


def test_a_lock_opens_with_its_passphrase() -> None:
    assert unlock(LOCKED, SPOKEN, about="u-1") == SECRET
    assert SECRET not in LOCKED


@pytest.mark.parametrize(
    "typed",
    [
        "Anchor Velvet Tulip Harbor Lantern Maple",
        "  anchor-velvet-tulip-harbor-lantern-maple\n",
        "ANCHORVELVETTULIPHARBORLANTERNMAPLE",
        "anchor velvet. Tulip harbor. Lantern maple",
        "anchor\u2011velvet\u2013tulip\u00a0harbor\u200blantern\tmaple",
        "ａｎｃｈｏｒ velvet tulip harbor lantern maple",
    ],
)
def test_capitals_spaces_hyphens_and_keyboards_do_not_matter(typed: str) -> None:
    assert unlock(LOCKED, typed, about="u-1") == SECRET


@pytest.mark.parametrize(
    "typed",
    ["", "anchor", SPOKEN + "s", "velvet anchor tulip harbor lantern maple", "\ud800", "é" * 5000],
    ids=["nothing", "one word", "a letter more", "another order", "a surrogate", "very long"],
)
def test_another_passphrase_is_refused(typed: str) -> None:
    with pytest.raises(PassphraseRefused, match="each of the six words") as refusal:
        unlock(LOCKED, typed, about="u-1")
    assert not refusal.value.damaged
    assert len(typed) < 5 or typed not in str(refusal.value)


def test_the_lock_of_another_user_is_refused() -> None:
    with pytest.raises(PassphraseRefused):
        unlock(LOCKED, SPOKEN, about="u-2")


@given(st.integers(FRONT_BITS, len(LOCKED) * 8 - 1))
def test_any_flipped_bit_is_refused(position: int) -> None:
    altered = bytearray(LOCKED)
    altered[position // 8] ^= 1 << position % 8
    with pytest.raises(PassphraseRefused):
        unlock(bytes(altered), SPOKEN, about="u-1")


@pytest.mark.parametrize("length", range(len(LOCKED)))
def test_any_shortened_lock_is_refused(length: int) -> None:
    with pytest.raises(PassphraseRefused):
        unlock(LOCKED[:length], SPOKEN, about="u-1")


@pytest.mark.parametrize(
    "front",
    [
        b"WHP\x02\x00\x00\x00\x40\x01",
        b"WHE\x01\x00\x00\x00\x40\x01",
        b"WHP\x01\xff\xff\xff\xff\x01",
        b"WHP\x01\x00\x00\x00\x00\x01",
        b"WHP\x01\x00\x00\x00\x40\x00",
        b"WHP\x01\x00\x00\x00\x40\xff",
    ],
    ids=["version", "kind", "4 TiB", "no memory", "no pass", "255 passes"],
)
def test_a_lock_that_states_an_absurd_cost_is_refused_without_paying_it(front: bytes) -> None:
    with pytest.raises(PassphraseRefused) as refusal:
        unlock(front + LOCKED[len(front) :], SPOKEN, about="u-1")
    assert refusal.value.damaged


def test_a_lock_costs_64_mib_and_three_passes_by_default() -> None:
    with locking_in_earnest():
        locked = lock(SECRET, SPOKEN)
    assert locked[:9] == LOCK_HEADER + (64 * 1024).to_bytes(4, "big") + b"\x03"
    assert unlock(locked, SPOKEN) == SECRET


def test_every_lock_has_a_salt_of_its_own() -> None:
    assert lock(SECRET, SPOKEN, cost=QUICK)[9:25] != lock(SECRET, SPOKEN, cost=QUICK)[9:25]


@pytest.mark.parametrize("nothing", ["", "   ", "-- \u200b."])
def test_an_empty_passphrase_locks_nothing(nothing: str) -> None:
    with pytest.raises(ValueError, match="needs letters"):
        lock(SECRET, nothing, cost=QUICK)


def test_an_unknown_name_is_refused_like_a_wrong_passphrase() -> None:
    with pytest.raises(PassphraseRefused) as stranger:
        refuse_stranger(SPOKEN)
    with pytest.raises(PassphraseRefused) as mistyped:
        unlock(LOCKED, "another", about="u-1")
    assert str(stranger.value) == str(mistyped.value)


def test_a_passphrase_has_six_words_of_the_list() -> None:
    words = generate_passphrase().split(" ")
    assert len(words) == 6
    assert set(words) <= set(word_list())
    assert generate_passphrase() != generate_passphrase()


def test_the_source_of_randomness_is_an_argument() -> None:
    assert generate_passphrase(lambda words: words[0]) == " ".join(["abacus"] * 6)


def test_leaving_out_the_spaces_of_a_passphrase_loses_nothing() -> None:
    words = sorted(word_list())
    assert len(words) == len(set(words)) == 7772
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words)
    assert all(normalise_passphrase(word) == word for word in words)
    assert not [one for one, after in pairwise(words) if after.startswith(one)]


def test_many_sign_ins_at_once_all_come_through() -> None:
    with ThreadPoolExecutor(6) as sign_ins:
        opened = [sign_ins.submit(unlock, LOCKED, SPOKEN, about="u-1") for _ in range(12)]
    assert [each.result() for each in opened] == [SECRET] * 12


def test_who_finds_no_place_is_turned_away_and_may_come_again() -> None:
    turnstile = Turnstile(places=2, longest_wait_s=0.01)
    with (
        turnstile.turn(),
        turnstile.turn(),
        pytest.raises(PassphraseBusy, match="in a minute"),
        turnstile.turn(),
    ):
        pytest.fail("a third came in")
    with turnstile.turn(), turnstile.turn():
        pass


def test_every_use_of_a_passphrase_waits_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "runs", Turnstile(places=1, longest_wait_s=0.01))
    with passphrase.runs.turn():
        with pytest.raises(PassphraseBusy):
            unlock(LOCKED, SPOKEN, about="u-1")
        with pytest.raises(PassphraseBusy):
            lock(SECRET, SPOKEN, cost=QUICK)
        with pytest.raises(PassphraseBusy):
            refuse_stranger(SPOKEN)
    assert unlock(LOCKED, SPOKEN, about="u-1") == SECRET
