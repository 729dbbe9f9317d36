from __future__ import annotations

import json
from collections.abc import Iterator

from form_server.exports.as_json import FORMAT, VERSION, referral_fields, stream_json, write_json
from form_server.exports.record import Exported
from outreach_kit.places import CHECKOUT
from tests.form_server.exports.things import HANDED_ON, NOON, an_export


def names_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from names_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from names_in(one)


def test_a_copy_says_what_it_is_and_holds_all_that_is_known() -> None:
    read = json.loads(write_json([an_export()], HANDED_ON, NOON))
    assert (read["format"], read["version"]) == (FORMAT, VERSION)
    assert (read["made_at"], read["practice"]) == (
        "2026-11-16T20:30:00Z",
        "Harbor Street Counseling",
    )
    (one,) = read["referrals"]
    assert one["said"]["patient"]["name"] == "Maria Delgado"
    assert one["said"]["patient"]["text_ok"] is False
    assert one["said"]["also_sent"] == {"pharmacy": "none"}
    assert one["tries"][0]["at"] == "2026-11-16T21:30:00Z"
    assert one["corrections"][0]["words"] == "Surname is Delgada"
    assert one["closed_at"] is None


def test_words_that_do_not_open_are_null() -> None:
    assert referral_fields(an_export(words=None))["said"] is None


def test_pages_are_asked_for_one_by_one() -> None:
    asked: list[int] = []

    def pages() -> Iterator[list[Exported]]:
        for number in range(3):
            asked.append(number)
            yield [an_export(id=f"{number}-{each}") for each in range(2)]

    text = ""
    seen = []
    for part in stream_json(pages(), HANDED_ON, NOON):
        text += part
        seen.append(len(asked))
    assert seen[0] == 0
    assert seen[1] == 1
    assert [one["id"] for one in json.loads(text)["referrals"]] == [
        "0-0", "0-1", "1-0", "1-1", "2-0", "2-1",
    ]  # fmt: skip


def test_none_at_all_is_still_a_whole_file() -> None:
    assert json.loads(write_json([], HANDED_ON, NOON))["referrals"] == []


def test_every_field_is_described() -> None:
    described = (CHECKOUT / "docs/exports.md").read_text("utf-8")
    fields = referral_fields(an_export())
    del fields["said"]["also_sent"]["pharmacy"]
    names = set(names_in(fields))
    assert len(names) > 40
    assert {name for name in names if f"`{name}`" not in described} == set()
    assert f"version {VERSION}" in described
