"""The schemas that editors use say what the models say."""

from __future__ import annotations

import json
import tomllib

import pytest

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice.facts import PracticeFile
from outreach_kit.practice.schema import SCHEMAS, render_schemas


def test_committed_schemas_are_up_to_date() -> None:
    for name, text in render_schemas().items():
        assert (SAMPLE_PRACTICE / "schemas" / name).read_text(encoding="utf-8") == text


def test_schema_names_every_key_and_explains_some() -> None:
    schema = json.loads(render_schemas()["practice.schema.json"])
    assert set(schema["properties"]) == set(PracticeFile.model_fields)
    assert schema["additionalProperties"] is False
    assert "niche" in schema["$defs"]["Identity"]["properties"]
    assert schema["$defs"]["Identity"]["properties"]["form_url"]["description"]


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_each_schema_knows_the_keys_of_its_file_and_refuses_others(name: str) -> None:
    schema = json.loads(render_schemas()[name])
    assert set(schema["properties"]) == set(SCHEMAS[name].model_fields)
    for table in (schema, *schema.get("$defs", {}).values()):
        if table["type"] == "object":
            assert table["additionalProperties"] is False


def test_sample_files_point_at_their_schemas() -> None:
    for path in SAMPLE_PRACTICE.rglob("*.toml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("#:schema ")
        assert (path.parent / first.removeprefix("#:schema ")).resolve().is_file()
        tomllib.loads(path.read_text(encoding="utf-8"))
