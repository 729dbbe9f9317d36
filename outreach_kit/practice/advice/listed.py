"""What stands in directories, and is no longer what the practice says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outreach_kit.errors import Problem
from outreach_kit.practice.advice.look import Look
from outreach_kit.practice.advice.rule import Check, Rule
from outreach_kit.practice.fingerprint import Kind, changed_since, fingerprint

DIRECTORIES_FILE: Final = "directories.toml"
LISTING_DAYS: Final = 365
_NAMES: Final = {
    Kind.NICHE: "niche",
    Kind.PROFILE: "profile",
    Kind.APPROACHES: "approaches, ages or languages",
    Kind.FEES: "fees",
    Kind.PLANS: "insurance",
    Kind.PLACE: "place",
}


def _outdated(look: Look) -> Iterator[Problem]:
    for place, listing in enumerate(look.practice.listings):
        clinician = look.practice.whose_listing(listing)
        if clinician is None or listing.pasted_on is None or listing.facts is None:
            continue
        changed = list(changed_since(listing.facts, fingerprint(look.practice, clinician)))
        if changed:
            yield look.at_key(
                DIRECTORIES_FILE, ("directory", place, "facts"),
                f"Your {listing.whole_name} text was pasted on {listing.pasted_on}, before your "
                f"{_join([_NAMES[kind] for kind in changed])} changed.",
                "Paste the new one from the page of directory texts beside your prints, and copy "
                "its last lines into this file.",
            )  # fmt: skip


def _old(look: Look) -> Iterator[Problem]:
    for place, listing in enumerate(look.practice.listings):
        if listing.pasted_on is None:
            continue
        days = (look.today - listing.pasted_on).days
        if days < 0:
            yield look.at_key(
                DIRECTORIES_FILE, ("directory", place, "pasted_on"),
                f"Your {listing.whole_name} text was pasted on {listing.pasted_on}, which is still to come.",
                "Write the day on which you pasted it.",
            )  # fmt: skip
        elif days > LISTING_DAYS:
            yield look.at_key(
                DIRECTORIES_FILE, ("directory", place, "pasted_on"),
                f"Nobody has looked at your {listing.whole_name} text for {days // 30} months.",
                "Read it there once, and write today’s day here.",
            )  # fmt: skip


def _join(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


CHECKS: Final = (
    Check(
        Rule(
            "directory-outdated",
            "a text in a directory was pasted before the facts that it is made from changed",
            "Somebody who calls because of an old text hears a different answer, and stops there.",
        ),
        _outdated,
    ),
    Check(
        Rule(
            "directory-old",
            "nobody has looked at a text in a directory for a year",
            "Directories change their forms, and cut what no longer fits.",
        ),
        _old,
    ),
)
