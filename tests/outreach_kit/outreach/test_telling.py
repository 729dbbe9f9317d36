from __future__ import annotations

import itertools

import pytest

from outreach_kit.outreach.telling import Asker, Telling, may_learn

_OFFICE = Asker(wrote_themselves=False, is_private=False, treats=True)
_MINISTER = Asker(wrote_themselves=False, is_private=False, treats=False)
_FRIEND = Asker(wrote_themselves=False, is_private=True, treats=False)
_PATIENT = Asker(wrote_themselves=True, is_private=False, treats=True)


@pytest.mark.parametrize(
    ("asker", "form_consent", "own_consent", "telling"),
    [
        (_OFFICE, True, False, Telling.OUTCOME),
        (_OFFICE, False, True, Telling.OUTCOME),
        (_OFFICE, False, False, Telling.THANKS),
        (_MINISTER, True, False, Telling.THANKS),
        (_MINISTER, False, True, Telling.OUTCOME),
    ],
)
def test_who_treats_learns_by_their_form_and_others_by_the_practices_own_question(
    asker: Asker, form_consent: bool, own_consent: bool, telling: Telling
) -> None:
    assert may_learn(asker, form_consent=form_consent, own_consent=own_consent) is telling


@pytest.mark.parametrize("asker", [_FRIEND, _PATIENT])
def test_no_consent_makes_a_friend_or_the_patients_own_door_into_a_source(asker: Asker) -> None:
    for form, own in itertools.product((True, False), repeat=2):
        assert may_learn(asker, form_consent=form, own_consent=own) is Telling.NOTHING
