"""Website and server, made from one folder at different times: do they still say the same?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from form_server.doctor.findings import Findings, fail, ok, warn
from form_server.settings import Settings
from outreach_kit.practice import Practice
from outreach_kit.web.shared_facts import SHARED_FACTS_PATH, shared_facts

_BUILD: Final = "Build the site again: python build.py"
_SAID: Final[Mapping[str, str]] = {
    "name": "the practice's name",
    "phone": "the phone number",
    "time_zone": "the time zone",
    "hours": "the hours",
    "promise": "the promise",
    "reasons": "the reasons",
    "clinicians": "the clinicians",
    "form_url": "the form's address",
}


def check_site(settings: Settings, practice: Practice) -> Findings:
    file = settings.site / SHARED_FACTS_PATH
    try:
        built = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        yield warn(
            "website", f"none is built at {settings.site}.", f"{_BUILD}, or set HANDOFF_SITE."
        )
        return
    except (OSError, ValueError):
        yield fail("website", f"{file} cannot be read.", f"{_BUILD}.")
        return
    here = shared_facts(practice, settings.url)
    differing = [
        words for name, words in _SAID.items() if not _agree(name, built.get(name), here[name])
    ]
    if differing:
        words = f"website and server do not agree on {', '.join(differing)}."
        todo = f"{_BUILD}, and restart the server."
        if "the form's address" in differing:
            said = built.get("form_url") or "none"
            words += f" The site sends its form to {said}, the server is {settings.url}."
            todo += " form_url in practice.toml and HANDOFF_URL must be the same."
        yield fail("website", words, todo)
    else:
        yield ok("website", "agrees with the server on phone, hours, promise, reasons and form.")


def _agree(name: str, built: object, here: object) -> bool:
    if name == "form_url" and isinstance(built, str):
        return built.rstrip("/") == here
    return built == here
