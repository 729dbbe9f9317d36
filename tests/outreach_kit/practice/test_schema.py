"""The schemas that editors use say what the models say."""

from __future__ import annotations

import json
import tomllib

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice.facts import PracticeFile
from outreach_kit.practice.schema import render_schemas


def test_committed_schemas_are_up_to_date() -> None:
    for name, text in render_schemas().items():
        assert (SAMPLE_PRACTICE / "schemas" / name).read_text(encoding="utf-8") == text


def test_schema_names_every_key_and_explains_some() -> None:
    schema = json.loads(render_schemas()["practice.schema.json"])
    assert set(schema["properties"]) == set(PracticeFile.model_fields)
    assert schema["additionalProperties"] is False
    assert "niche" in schema["$defs"]["Identity"]["properties"]
    assert schema["$defs"]["Identity"]["properties"]["form_url"]["description"]


def test_sample_files_point_at_their_schemas() -> None:
    for path in SAMPLE_PRACTICE.rglob("*.toml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("#:schema ")
        assert (path.parent / first.removeprefix("#:schema ")).resolve().is_file()
        tomllib.loads(path.read_text(encoding="utf-8"))
