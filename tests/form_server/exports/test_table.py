from __future__ import annotations

import csv
import io
from dataclasses import replace
from zoneinfo import ZoneInfo

from form_server.exports.record import Exported
from form_server.exports.table import HEADINGS, stream_csv
from outreach_kit.places import CHECKOUT
from tests.form_server.exports.things import WORDS, an_export

ZONE = ZoneInfo("America/Los_Angeles")


def read(*pages: list[Exported]) -> list[dict[str, str]]:
    text = "".join(stream_csv(pages, ZONE))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_referral_is_a_line_in_the_practices_own_time() -> None:
    first, second = read([an_export()], [an_export(words=None, receipt="other 1")])
    assert first["received"] == "2026-11-16 12:30"
    assert (first["patient"], first["voicemail_ok"], first["text_ok"]) == (
        "Maria Delgado", "yes", "no",
    )  # fmt: skip
    assert first["reasons"] == "Panic attacks (heart checked); Sleep"
    assert first["note"] == WORDS.note
    assert first["corrections"] == "2026-11-16 14:30 Surname is Delgada"
    assert (second["receipt"], second["opens"], second["patient"]) == ("other 1", "no", "")


def test_no_cell_that_a_stranger_typed_runs_as_a_formula() -> None:
    evil = '=HYPERLINK("http://x.example","look")'
    words = replace(
        WORDS, note=evil, reasons=(evil,), patient=replace(WORDS.patient, name=evil, phone="+1360")
    )
    (line,) = read([an_export(words=words, source="@sum")])
    for name in ("note", "reasons", "patient", "patient_phone", "source"):
        assert line[name].startswith("'"), name


def test_every_heading_is_described() -> None:
    described = (CHECKOUT / "docs/exports.md").read_text("utf-8")
    assert {name for name in HEADINGS if f"`{name}`" not in described} == set()
    assert len(HEADINGS) == len(set(HEADINGS))
