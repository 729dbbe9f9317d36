"""What a practice writes is printed as it is written: none of it is ever read as markup."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_kit.practice import load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import Print

CLINICIAN = "clinicians/nora-ellison/clinician.toml"
HOSTILE = (
    '#import "theme.typ": *',
    "$x^2 + integral$",
    "\\u{41} \\ backslash \\\\",
    "*bold* _em_ `raw` = head <label> @ref [c] {d} // no comment",
    "#sys.inputs #panic() #read(sys)",
    "~ -- --- ... https://a.example /* x */",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["guide", "niche-profile"])
def test_markup_in_a_fact_is_printed_letter_by_letter(
    tmp_path: Path, prints: Print, text: str, name: str
) -> None:
    practice = folders.sample_with(
        tmp_path, (CLINICIAN, '"A GAD-7 score of 10 or more"', json.dumps(text))
    )
    assert squeezed(text) in squeezed(reading.text_of(prints(practice, name).bytes))


def test_markup_in_the_speech_is_printed_letter_by_letter(tmp_path: Path, prints: Print) -> None:
    folders.sample_with(tmp_path)
    speech = tmp_path / "clinicians/nora-ellison/elevator-speech.md"
    speech.write_text('They said #import "x": $y$ and left. Whom do you know?', encoding="utf-8")
    text = reading.text_of(prints(load_practice(tmp_path), "elevator-card").bytes)
    assert "They said #import “x”: $y$ and left." in text


def test_markup_in_the_profile_keeps_its_meaning_and_no_other(
    tmp_path: Path, prints: Print
) -> None:
    folders.sample_with(tmp_path)
    profile = tmp_path / "clinicians/nora-ellison/profile.md"
    profile.write_text(
        "A **bold** *slanted* word, #strong[not], `#let x` and [a page](https://a.example/x).",
        encoding="utf-8",
    )
    pdf = prints(load_practice(tmp_path), "niche-profile").bytes
    assert "A bold slanted word, #strong[not], #let x and a page." in reading.text_of(pdf)
    assert "https://a.example/x" in reading.links(pdf)
    assert {"Strong", "Em", "Code"} <= set(reading.tags(pdf))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(st.sampled_from("abAB01 #$\\*_`=<>@[]{}()~\"';:,.!?/-|^&%+"), min_size=1, max_size=60)
)
def test_any_line_of_signs_is_printed_letter_by_letter(
    tmp_path_factory: pytest.TempPathFactory, prints: Print, text: str
) -> None:
    line = f"x{text}x"
    practice = folders.sample_with(
        tmp_path_factory.mktemp("signs"),
        (CLINICIAN, '"A GAD-7 score of 10 or more"', json.dumps(line)),
    )
    assert squeezed(line) in squeezed(reading.text_of(prints(practice, "guide").bytes))


def squeezed(text: str) -> str:
    """Without white space and soft breaks: a line may be broken anywhere."""
    return "".join(text.split()).replace("\u200b", "").replace("\x02", "-").replace("\ufffe", "-")
