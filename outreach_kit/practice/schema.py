"""JSON Schemas of the practice folder, so that an editor completes and checks the TOML while one types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from outreach_kit.practice.audiences import AudiencesFile
from outreach_kit.practice.clinician import ClinicianFile
from outreach_kit.practice.directories import DirectoriesFile
from outreach_kit.practice.facts import Facts, PracticeFile
from outreach_kit.practice.resources import ColleaguesFile, ResourcesFile
from outreach_kit.practice.trainings import TrainingsFile
from outreach_kit.practice.words import (
    AudiencesWords,
    ClinicianWords,
    PracticeWords,
    ResourcesWords,
    TrainingsWords,
)

SCHEMAS: Final[Mapping[str, type[Facts]]] = {
    "practice.schema.json": PracticeFile,
    "clinician.schema.json": ClinicianFile,
    "audiences.schema.json": AudiencesFile,
    "trainings.schema.json": TrainingsFile,
    "resources.schema.json": ResourcesFile,
    "colleagues.schema.json": ColleaguesFile,
    "directories.schema.json": DirectoriesFile,
    "practice-words.schema.json": PracticeWords,
    "clinician-words.schema.json": ClinicianWords,
    "audiences-words.schema.json": AudiencesWords,
    "trainings-words.schema.json": TrainingsWords,
    "resources-words.schema.json": ResourcesWords,
}


def render_schemas() -> dict[str, str]:
    """File name to JSON text (draft 2020-12), keys in the order in which the models name them."""
    return {name: _render(model) for name, model in SCHEMAS.items()}


def _render(model: type[Facts]) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode="validation"),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
