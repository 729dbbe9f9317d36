from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from form_server.vault import KeyPair, RecoveryMistyped, RecoveryRefused, RecoverySecret
from form_server.vault.base32 import ALPHABET
from form_server.vault.recovery import GROUPS

SECRETS = st.binary(min_size=32, max_size=32).map(RecoverySecret)
SHEET = RecoverySecret(bytes(range(32)))
LETTERS = "".join(SHEET.groups).replace("-", "")


def with_letter(at: int, letter: str) -> str:
    typed = LETTERS[:at] + letter + LETTERS[at + 1 :]
    return " ".join(typed[start : start + 8] for start in range(0, len(typed), 8))


@given(SECRETS)
def test_a_sheet_is_read_back(secret: RecoverySecret) -> None:
    assert RecoverySecret.parse(" ".join(secret.groups)) == secret


def test_a_sheet_has_eight_readable_groups() -> None:
    assert len(SHEET.groups) == GROUPS == 8
    assert all(re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", one) for one in SHEET.groups)
    assert RecoverySecret.generate().groups != RecoverySecret.generate().groups


@pytest.mark.parametrize("between", [" ", "\n", "-", "", " - ", "\r\n\t"])
def test_spaces_dashes_capitals_and_lookalikes_do_not_matter(between: str) -> None:
    typed = between.join(SHEET.groups).lower().replace("0", "O").replace("1", "l")
    assert RecoverySecret.parse(typed) == SHEET


@given(st.integers(0, 63), st.sampled_from(ALPHABET + "U*"))
def test_one_wrong_letter_is_always_found_and_its_group_named(at: int, letter: str) -> None:
    assume(LETTERS[at] != letter)
    with pytest.raises(RecoveryMistyped, match=f"Group {at // 8 + 1} is not as on the sheet"):
        RecoverySecret.parse(with_letter(at, letter))


@given(SECRETS, st.integers(0, 62))
def test_two_neighbours_exchanged_are_always_found(secret: RecoverySecret, at: int) -> None:
    letters = "".join(secret.groups).replace("-", "")
    assume(letters[at] != letters[at + 1] and at % 8 != 7)
    exchanged = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    with pytest.raises(RecoveryMistyped) as mistyped:
        RecoverySecret.parse(" ".join(exchanged[i : i + 8] for i in range(0, 64, 8)))
    assert mistyped.value.groups == (at // 8 + 1,)


@given(SECRETS, st.integers(0, 7), st.integers(0, 7))
def test_groups_in_each_others_place_are_always_found(
    secret: RecoverySecret, one: int, other: int
) -> None:
    groups = list(secret.groups)
    assume(one < other)
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(RecoveryMistyped) as mistyped:
        RecoverySecret.parse(" ".join(groups))
    assert mistyped.value.groups == (one + 1, other + 1)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("", "Group 1 is"),
        (" ".join(SHEET.groups[:-1]), "Group 8 is"),
        (" ".join(SHEET.groups) + " ABCD", "more than the sheet's 8 groups"),
        (" ".join((*SHEET.groups, RecoverySecret(bytes(32)).groups[0])), "more than the sheet's"),
        (" ".join((*SHEET.groups[:2], SHEET.groups[2][:-1], *SHEET.groups[3:])), "Group 3 is"),
        (LETTERS[:20] + LETTERS[21:], "Group 3 is"),
        (" ".join(("ABCD-EFGH", *SHEET.groups[1:7], "ABCD-EFGH")), "Groups 1, 8 are"),
        ("My dog ate it", "Group 1 is"),
    ],
    ids=[
        "none",
        "one missing",
        "letters more",
        "one more",
        "short",
        "run together",
        "two",
        "prose",
    ],
)
def test_what_is_mistyped_is_named(typed: str, named: str) -> None:
    with pytest.raises(RecoveryMistyped, match=named):
        RecoverySecret.parse(typed)


@given(st.text(max_size=100))
def test_any_other_text_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(RecoveryMistyped) as mistyped:
        RecoverySecret.parse(text)
    assert all(1 <= number <= GROUPS + 1 for number in mistyped.value.groups)


def test_a_typed_group_proves_that_the_sheet_was_kept() -> None:
    for number, group in enumerate(SHEET.groups, start=1):
        assert SHEET.has_group(number, f" {group.lower().replace('-', ' ')} ")
    assert not SHEET.has_group(1, SHEET.groups[1])
    assert not SHEET.has_group(1, "")
    assert not SHEET.has_group(1, "\ud800é")


def test_a_sheet_opens_what_it_locked(inbox: KeyPair) -> None:
    locked = SHEET.lock(inbox.private.to_bytes(), about="recovery:1")
    typed = RecoverySecret.parse("".join(SHEET.groups))
    assert typed.unlock(locked, about="recovery:1") == inbox.private.to_bytes()


def test_an_older_sheet_another_place_and_altered_bytes_are_refused() -> None:
    locked = SHEET.lock(b"a private key", about="recovery:1")
    for sheet, about, given_bytes in (
        (RecoverySecret.generate(), "recovery:1", locked),
        (SHEET, "recovery:2", locked),
        (SHEET, "recovery:1", locked[:-1]),
        (SHEET, "recovery:1", b""),
    ):
        with pytest.raises(RecoveryRefused, match="newer sheet"):
            sheet.unlock(given_bytes, about=about)
