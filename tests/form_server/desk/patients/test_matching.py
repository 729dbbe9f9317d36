from __future__ import annotations

import json

import pytest

from form_server.desk.patients.matching import digits_of, likeness_of, read_likeness
from form_server.desk.referral.said import Said, read_said


def said(name: str, phone: str, guardian: str = "") -> Said:
    fields = {"patient_name": name, "patient_phone": phone, "guardian_name": guardian}
    return read_said(json.dumps(fields).encode())


MARIA = said("María Delgado-Ortiz", "+1 (360) 555-0188 ext. 4", "Rosa Quill")


@pytest.mark.parametrize(
    "typed", ["maria", "DELGADO", "ortiz mar", "Rosa", "555-0188", "13605550188", "0188"]
)
def test_a_person_is_found_by_any_way_of_writing_them(typed: str) -> None:
    assert read_likeness(typed).fits(MARIA)


@pytest.mark.parametrize("typed", ["mario", "maria smith", "555-0189", "elgado", "5551"])
def test_somebody_else_is_not(typed: str) -> None:
    assert not read_likeness(typed).fits(MARIA)


@pytest.mark.parametrize("typed", ["", " ", "m", "123", "-", "()"])
def test_too_little_looks_for_nobody(typed: str) -> None:
    assert not read_likeness(typed)


def test_likeness_to_a_referral_is_its_number_or_the_whole_name() -> None:
    likeness = likeness_of(MARIA)
    assert likeness.fits(said("M. Delgado", "360.555.0188"))
    assert likeness.fits(said("maria delgado ortiz", "(206) 555-0111"))
    assert not likeness.fits(said("Maria Delgado", "(206) 555-0111"))
    assert not likeness_of(said("", "")).fits(said("", ""))


def test_an_extension_is_no_part_of_the_number() -> None:
    assert digits_of("(360) 555-0188 x12") == "3605550188"
    assert digits_of("+1 360 555 0188;ext=12") == "3605550188"
