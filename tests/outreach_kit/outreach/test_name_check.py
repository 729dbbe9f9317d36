from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_kit.outreach.name_check import (
    PatientNamed,
    check_no_name,
    find_names,
    find_whole_names,
)

_NAMES = st.text("abcdefghijklmnopqrstuvwxyzáéñöü", min_size=3, max_size=9).filter(
    lambda name: name not in {"von", "van", "der", "del", "bin", "miss", "mrs"}
)
_OWN = "Thank you for thinking of me. May I count on you?"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thank you for sending Rosa Delgado.", "Rosa Delgado"),
        ("ROSA came on Monday", "rosa delgado"),
        ("Ms. Delgado's call", "Rosa Delgado"),
        ("Jose is well", "José Núñez"),
        ("José is well", "Jose Nunez"),
        ("the Smith-Jones family", "Ana Smith"),
        ("Mr O’Brien", "Pat O'Brien"),
        ("谢谢您介绍张伟来", "张伟"),
        ("Дякую за Олену", "Олену Шевченко"),
        ("for:Rosa,again", "Rosa D"),
        ("Lukasz is well", "Łukasz Żak"),
        ("the Orsted family", "Kari Ørsted"),
        ("Ro\u200bsa is well", "Rosa Delgado"),
        ("شكرا على مُحَمَّد", "محمد علي"),
        ("मीरा ठीक है", "मीरा शर्मा"),
        ("谢谢您介绍小明来", "王小明"),
        ("太郎さんに", "山田太郎"),
        ("민수 씨", "김 민수"),
    ],
)
def test_a_name_is_found(text: str, name: str) -> None:
    assert find_names(text, [name])
    with pytest.raises(PatientNamed):
        check_no_name(text, [name])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The roses are lovely", "Rosa Delgado"),
        ("Dr. Wu and the team", "Dr. Rosa Delgado"),
        ("I am glad", "I. Delgado"),
        ("मोहन ठीक है", "मीरा शर्मा"),
        ("明日", "王小明"),
        ("", "Rosa"),
        ("Rosa", ""),
    ],
)
def test_what_is_no_name_passes(text: str, name: str) -> None:
    check_no_name(text, [name])


def test_a_word_of_the_letter_itself_is_no_name_until_it_stands_once_more() -> None:
    check_no_name(_OWN, ["May Hope"], own_words=_OWN)
    with pytest.raises(PatientNamed, match="May"):
        check_no_name(f"{_OWN} May was so glad.", ["May Hope"], own_words=_OWN)


@settings(deadline=None)
@given(_NAMES, _NAMES, st.sampled_from([str.upper, str.title, str.lower]), st.integers(0, 9))
def test_a_name_is_found_wherever_it_is_slipped_in(
    first: str, last: str, written: object, place: int
) -> None:
    words = _OWN.split()
    words.insert(place, written(last))  # type: ignore[operator]
    assert find_names(" ".join(words), [f"{first} {last}"], own_words=_OWN)


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_and_any_names_have_an_answer(text: str, names: list[str]) -> None:
    found = find_names(text, names)
    assert len(found) == len(set(found))
    assert find_names(text, []) == ()


@pytest.mark.parametrize(
    ("text", "name", "is_found"),
    [
        ("Zoe Hartmann says hello", "Zoë Hartmann", True),
        ("zoë, hartmann", "Zoe Hartmann", True),
        ("Ana Smith-Jones came", "Ana Smith", True),
        ("Hartmann Street, and Zoe", "Zoë Hartmann", False),
        ("What a joy, this day", "Joy Day", False),
        ("What a joy day", "Joy Day", True),
        ("Zoetrope Hartmanns", "Zoe Hartmann", False),
        ("Cher sings", "Cher", False),
        ("谢谢您介绍张伟来", "张伟", True),
    ],
)
def test_of_strangers_only_a_whole_name_is_found(text: str, name: str, is_found: bool) -> None:
    assert find_whole_names(text, [name, name]) == ((name,) if is_found else ())
