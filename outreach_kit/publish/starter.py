"""A practice folder to begin with: a few answers, poured into files that explain themselves."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from outreach_kit.errors import ContentError, MachineError, UsageError, say_key
from outreach_kit.frozen import frozen
from outreach_kit.places import CHECKOUT, SITE_SRC
from outreach_kit.practice import load_practice
from outreach_kit.practice.schema import render_schemas
from outreach_kit.practice.zones import zone_of
from outreach_kit.publish.write import write_all


@frozen
class Question:
    """One thing to ask; `default` is offered, and an empty one means that the answer may stay out."""

    key: str
    text: str
    required: bool = True
    default: str = ""


QUESTIONS: Final = (
    Question("name", "What is your practice called?"),
    Question("clinician", "Your own name, as patients know you?"),
    Question("credentials", "Your credentials, separated by commas (LICSW, PhD)?", required=False),
    Question("phone", "The phone number that offices call?"),
    Question("email", "An e-mail address for the public, if any?", required=False),
    Question("street", "Street and number, if people come to you?", required=False),
    Question("city", "City?"),
    Question("state", "State, in two letters?"),
    Question("zip", "ZIP code?"),
    Question(
        "niche",
        "Whom do you help, and what changes for them? One or two sentences:",
        default="I help adults who worry more than they can bear to sleep, work and feel steady again.",
    ),
)


def write_starter(folder: Path, answers: Mapping[str, str], today: dt.date) -> tuple[str, ...]:
    """Write a practice folder that builds at once; returns the names of its files, sorted.

    Raises UsageError when the folder is not empty or lies inside the checkout, and when an answer
    does not pass the checks that every practice passes; nothing is written then.
    """
    folder = folder.resolve()
    if folder.is_relative_to(CHECKOUT):
        raise UsageError(
            f"{folder} lies inside the program's own folder. "
            "Choose a place of your own, like ~/my-practice, so that updates never touch it."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty. Choose a new folder; nothing was changed.")
    files = render_starter(answers, today)
    beside = folder.with_name(folder.name + ".next")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        write_all(beside, files)
        load_practice(beside)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except ContentError as error:
        complaints = "\n".join(
            f"  {say_key(p.key) or p.file}: {p.what} {p.todo}" for p in error.problems
        )
        raise UsageError(f"Some answers need another look:\n{complaints}") from error
    except OSError as error:
        raise MachineError(f"{folder} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(sorted(files))


def render_starter(answers: Mapping[str, str], today: dt.date) -> dict[str, str]:
    """File name to text for the given answers; questions left out take their defaults."""
    given = {q.key: answers.get(q.key, "").strip() or q.default for q in QUESTIONS}
    if lacking := [q.key for q in QUESTIONS if q.required and not given[q.key]]:
        flags = ", ".join(f"--{key}" for key in lacking)
        raise UsageError(f"Some answers are missing: {flags}. Give them as options.")
    state = given["state"] = given["state"].upper()
    values: dict[str, object] = {
        **given,
        "credentials": [one.strip() for one in given["credentials"].split(",") if one.strip()],
        "time_zone": zone_of(state),
    }
    environment = Environment(
        loader=FileSystemLoader(SITE_SRC / "starter"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - TOML and Markdown, each value quoted by the `toml` filter
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["toml"] = lambda value: json.dumps(value, ensure_ascii=False)
    home = f"clinicians/{make_slug(given['clinician'])}"
    places = {
        "practice.toml": "practice.toml",
        "clinician.toml": f"{home}/clinician.toml",
        "profile.md": f"{home}/profile.md",
        "elevator-speech.md": f"{home}/elevator-speech.md",
        "privacy.md": "pages/privacy.md",
        "audiences.toml": "audiences.toml",
        "trainings.toml": "trainings.toml",
        "resources.toml": "resources.toml",
        "topic.md": "topics/_example.md",
    }
    files = {
        place: environment.get_template(f"{name}.j2").render(
            answers=values, today=today.isoformat()
        )
        for name, place in places.items()
    }
    return files | {f"schemas/{name}": text for name, text in render_schemas().items()}


def make_slug(name: str) -> str:
    """A name as it can stand in a web address; “clinician” when no letter survives."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "clinician"
