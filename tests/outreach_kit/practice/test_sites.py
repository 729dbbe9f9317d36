"""A practice with several doors, and clinicians who are not all behind each, nor in each network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from outreach_kit.errors import Problem
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice
from outreach_kit.practice.values import make_slug
from tests.outreach_kit.practice.conftest import CLINICIAN, Spoil
from tests.samples import GROUP_PRACTICE

Problems = Callable[[], tuple[Problem, ...]]
SECOND = """
[[sites]]
{}city = "Alder Falls"
region = "WA"
postal_code = "98999"

[hours]
"""


@pytest.fixture(scope="module")
def group() -> Practice:
    return load_practice(GROUP_PRACTICE)


def test_address_is_the_first_of_the_sites(group: Practice) -> None:
    assert [one.slug for one in group.sites] == ["alder-falls", "port-wren"]
    assert [one.called for one in group.sites] == ["Alder Falls", "Port Wren"]
    assert group.sites[0].street == "418 Cedar Ave"


def test_each_clinician_is_where_the_folder_says(group: Practice) -> None:
    where = {
        one.slug: [site.slug for site in group.sites_of(one)] for one in group.clinicians
    }  # fmt: skip
    assert where == {
        "ana-ruiz": ["alder-falls", "port-wren"],
        "margarethe-hohenstein": ["alder-falls"],
        "samuel-okonkwo": ["alder-falls", "port-wren"],
        "tomas-delgado": ["port-wren"],
    }


def test_each_clinician_takes_own_plans_or_else_all(group: Practice) -> None:
    ana, margarethe, *_ = group.clinicians
    assert group.plans_of(ana) == group.insurance.plans
    assert group.plans_of(margarethe) == ("Regence", "Premera", "Kaiser PPO")


def test_words_about_a_site_are_translated_and_its_address_is_not(group: Practice) -> None:
    _, harbor = group.in_language("es").sites
    assert harbor.parking == "Dos horas gratis en Harbor Way."
    assert harbor.lines == group.sites[1].lines


def test_who_works_online_only_is_at_no_site(folder: Path, spoil: Spoil) -> None:
    spoil(CLINICIAN, "in_person = true", "in_person = false")
    practice = load_practice(folder)
    assert practice.sites_of(practice.clinicians[0]) == ()


@pytest.mark.parametrize(
    ("slug", "called"),
    [("St. Paul’s", "st-pauls"), ("Cañon City", "canon-city"), ("  Room 4 / East", "room-4-east")],
)
def test_site_without_a_slug_is_called_by_its_name(slug: str, called: str) -> None:
    assert make_slug(slug) == called


def test_name_in_no_latin_letters_still_has_an_address() -> None:
    assert make_slug("北京") != make_slug("東京")
    assert make_slug("北京").isalnum()


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("in_person = true", 'in_person = true\nsites = ["port"]', "sites.0", "Nothing is called “port”"),
        ("in_person = true", 'in_person = true\nplans = ["Cigma"]', "plans.0", "Nothing is called “Cigma”"),
        ("in_person = true", 'in_person = false\nsites = ["alder-falls"]', "", "nobody is seen in person"),
    ],
)  # fmt: skip
def test_mistake_of_a_clinician_is_named(
    spoil: Spoil, problems: Problems, old: str, new: str, key: str, says: str
) -> None:
    spoil(CLINICIAN, old, new)
    (found,) = problems()
    assert (found.file, found.key) == (CLINICIAN, key)
    assert says in found.what


def test_two_sites_of_one_name_are_refused_until_one_is_named(
    folder: Path, spoil: Spoil, problems: Problems
) -> None:
    city = load_practice(SAMPLE_PRACTICE).address.city
    spoil("practice.toml", "\n[hours]\n", SECOND.format("").replace("Alder Falls", city))
    (found,) = problems()
    assert "Two sites are called" in found.what
    spoil("practice.toml", "[[sites]]\n", '[[sites]]\nname = "East"\n')
    assert [one.called for one in load_practice(folder).sites] == [city, "East"]


def test_site_has_its_own_ways_to_be_reached_and_else_the_practices(group: Practice) -> None:
    ana, margarethe, samuel, tomas = group.clinicians
    at_wren = group.as_of(tomas)
    assert at_wren.contact.phone.display == "(360) 555-0170"
    assert at_wren.contact.fax is not None
    assert at_wren.contact.fax.display == "(360) 555-0171"
    assert at_wren.contact.email == group.contact.email
    assert [bool(day) for day in at_wren.hours.week] == [False, True, False, True] + [False] * 3
    assert at_wren.hours.holidays == "US-WA"
    for first_at_the_main_door in (ana, margarethe, samuel):
        assert group.as_of(first_at_the_main_door).contact == group.contact
        assert group.contact_of(first_at_the_main_door) == group.contact
    assert group.contact_of(tomas).phone == at_wren.contact.phone


def test_hours_of_a_site_without_a_phone_are_not_when_the_phone_is_answered(folder: Path) -> None:
    toml = folder / "practice.toml"
    table = SECOND.replace("[hours]", '[sites.hours]\nfriday = "9:00-12:00"\n\n[hours]')
    toml.write_text(
        toml.read_text("utf-8").replace("\n[hours]\n", table.format('name = "East"\n'), 1), "utf-8"
    )
    practice = load_practice(folder)
    [east] = practice.facts.sites
    assert east.hours is not None
    assert east.lay_hours(practice.hours) is practice.hours
    assert east.lay_contact(practice.contact) == practice.contact


def test_own_number_of_a_clinician_is_called_before_that_of_the_door(group: Practice) -> None:
    *_, tomas = group.clinicians
    own = tomas.facts.model_copy(update={"phone": group.contact.phone, "email": "t@example.org"})
    contact = group.contact_of(replace(tomas, facts=own))
    assert (contact.phone, contact.email) == (group.contact.phone, "t@example.org")
    assert contact.fax == group.facts.sites[0].fax


@pytest.mark.parametrize(
    ("line", "key", "says"),
    [
        ('phone = "12"', "sites.0.phone", "phone"),
        ('time_zone = "America/Boisy"', "sites.0.time_zone", "is not a time zone"),
        ("hours = {}", "sites.0.hours", "No day has hours"),
        ('hours = { holidays = "US" }', "sites.0.hours.holidays", "holidays"),
    ],
)
def test_mistake_of_a_site_is_named_with_its_line(
    folder: Path, spoil: Spoil, problems: Problems, line: str, key: str, says: str
) -> None:
    spoil("practice.toml", "\n[hours]\n", SECOND.format(f'name = "East"\n{line}\n'))
    (found,) = problems()
    assert found.key == key
    assert says in found.what
    text = (folder / "practice.toml").read_text("utf-8").splitlines()
    assert text[found.line - 1] == line
