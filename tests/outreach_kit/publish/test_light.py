"""What a build with little to do loads: model, templates and typesetter stay where they are."""

from __future__ import annotations

import subprocess
import sys

import pytest

from outreach_kit.places import CHECKOUT

HEAVY = (
    "jinja2", "phonenumbers", "typst", "segno", "fontTools", "holidays",
    "outreach_kit.practice.model", "outreach_kit.paper", "outreach_kit.web.frame",
)  # fmt: skip


def loaded(module: str, names: tuple[str, ...]) -> list[str]:
    script = f"import sys, {module}; print(*(name for name in {names} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    "module",
    [
        "outreach_kit.publish.quick",
        "outreach_kit.publish.commands",
        "outreach_kit.publish.learning",
    ],
)
def test_renewing_the_words_of_a_page_loads_nothing_heavy(module: str) -> None:
    assert loaded(module, HEAVY) == []


def test_a_build_of_the_website_loads_nothing_that_prints() -> None:
    printing = ("msgspec", "typst", "segno", "phonenumbers", "concurrent.futures", "email", "ssl")
    rooms = ("outreach_kit.paper.views", "outreach_kit.publish.offices")
    assert loaded("outreach_kit.publish.building", (*printing, *rooms)) == []


def test_a_line_of_plain_words_is_read_without_the_parser() -> None:
    reading = "outreach_kit.practice.prose as one; one.parse_prose('Card at the visit.')"
    assert loaded(reading, ("markdown", "html", "xml.etree.ElementTree")) == []


def test_a_build_with_nothing_to_do_loads_nearly_nothing() -> None:
    more = ("argparse", "json", "pathlib", "dataclasses", "re", "hashlib", "markdown")
    assert loaded("build", (*HEAVY, *more)) == []
