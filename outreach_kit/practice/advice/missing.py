"""What an office or a patient asks for and does not find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import PRACTICE_FILE, Look, clinician_file
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.lines import Key
from outreach_kit.practice.model import Practice

Finder = Callable[[Look], Iterator[Problem]]


def _in_practice(is_missing: Callable[[Practice], bool], key: Key, what: str, todo: str) -> Finder:
    def find(look: Look) -> Iterator[Problem]:
        if is_missing(look.practice):
            yield look.at_key(PRACTICE_FILE, key, what, todo)

    return find


def _without_license(look: Look) -> Iterator[Problem]:
    for clinician in look.practice.clinicians:
        if clinician.facts.license is None:
            yield look.at_key(
                clinician_file(clinician), (), f"No license of {clinician.name} is named.",
                "Add a [license] table with type, number and state.",
            )  # fmt: skip


def _without_npi(look: Look) -> Iterator[Problem]:
    practice = look.practice
    if practice.address.country != "US" or (practice.identity.npi and not practice.is_group):
        return
    for clinician in practice.clinicians:
        if clinician.facts.npi is None:
            yield look.at_key(
                clinician_file(clinician), (), f"There is no NPI of {clinician.name}.",
                "Add npi, the ten digits of your NPPES record; it is free and public.",
            )  # fmt: skip


def _without_access(look: Look) -> Iterator[Problem]:
    practice = look.practice
    if not any(one.facts.in_person for one in practice.clinicians):
        return
    for place, site in enumerate(practice.sites):
        if site.street and not site.access:
            key: Key = ("address",) if place == 0 else ("sites", place - 1)
            yield look.at_key(
                PRACTICE_FILE, key, f"Nothing says how one gets in at {site.street}.",
                "Add access: steps, elevator, door, transit, in a sentence; say it too if there are stairs.",
            )  # fmt: skip


CHECKS: Final = (
    Check(
        Rule(
            "no-fees", "no fee is named",
            "The front desk is asked what it costs before anything else.",
        ),
        _in_practice(
            lambda one: not one.fees, ("fees",), "No fee is named.",
            "Add a [[fees]] table for the first session and one for the usual one.",
        ),
    ),
    Check(
        Rule(
            "no-plans", "nothing is said about insurance, neither plans nor a note",
            "Offices send people to whoever takes their plan.",
        ),
        _in_practice(
            lambda one: not one.insurance.plans and not one.insurance.note, ("insurance",),
            "Nothing is said about insurance.",
            "Name the plans, or say in a note that you are out of network.",
        ),
    ),
    Check(
        Rule("no-fax", "there is no fax number", "Phone, fax and form are equal doors."),
        _in_practice(
            lambda one: one.contact.fax is None, ("contact",), "There is no fax number.",
            "Add one if you have it; many clinics still refer only by fax.",
        ),
    ),
    Check(
        Rule(
            "no-form", "there is no address of a form server",
            "Without it the form and its QR codes are left out.",
        ),
        _in_practice(
            lambda one: one.identity.form_url is None, ("practice",), "There is no form address.",
            "Put the form server online and name it as form_url; until then phone and fax remain.",
        ),
    ),
    Check(
        Rule(
            "no-booking", "there is no address under which people can book",
            "Some people would rather tap than talk.",
        ),
        _in_practice(
            lambda one: one.booking.url is None
            and not all(clinician.facts.booking_url for clinician in one.clinicians),
            ("booking",), "There is no booking address.",
            "Name it under [booking] as url, if people may book by themselves.",
        ),
    ),
    Check(
        Rule(
            "no-first-appointment",
            "the promise says when somebody calls, and not how soon a first appointment is possible",
            "Every further week of waiting makes it less likely that somebody comes.",
        ),
        _in_practice(
            lambda one: one.promise.seen_within_days is None, ("promise",),
            "Nothing says how soon a first appointment is possible.",
            "Add seen_within_days, a number that you can keep in a busy month.",
        ),
    ),
    Check(
        Rule(
            "no-access", "people come to an address, and nothing is said about the way in",
            "Whoever cannot climb stairs would rather stay away than ask.",
        ),
        _without_access,
    ),
    Check(
        Rule(
            "no-license", "a clinician has no license",
            "An office looks for it before it recommends somebody by name.",
        ),
        _without_license,
    ),
    Check(
        Rule(
            "no-npi", "a clinician in the United States has no NPI",
            "A clinic’s referral system and many plans ask for it and stop without it.",
        ),
        _without_npi,
    ),
)  # fmt: skip
