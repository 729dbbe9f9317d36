"""The niche profile, the elevator card and the recovery sheet, each by what it must say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PIL import Image

from outreach_kit.paper import MissingGlyphs, Paper, Source, render_recovery
from outreach_kit.paper.fonts import gather_fonts
from outreach_kit.paper.picture import portrait_drawing
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders, reading
from tests.outreach_kit.paper.conftest import FORM_URL, TIMESTAMP, Print

GROUPS = ("7XK2-9QPM", "0O1I-LB8S", "AAAA-BBBB", "CCCC-DDDD") * 2


def test_the_profile_leads_with_the_niche_and_ends_with_the_licence(
    sample: Practice, prints: Print
) -> None:
    text = reading.text_of(prints(sample, "niche-profile").bytes)
    facts = sample.clinicians[0].facts
    for words in (
        *facts.approaches, "18 to 65", "In person in Alder Falls", "Online in WA",
        "Regence, Premera, Kaiser PPO", "First session $190, then $160", "First call free",
        "hello@harborstreet.example", "harborstreet.example/book", "Free parking behind",
        "NPI 1234567893", "Your heart was checked",
    ):  # fmt: skip
        assert words in text
    assert text.index("I help adults") < text.index("NPI 1234567893")


def test_the_profile_s_code_opens_the_office_s_form(sample: Practice, prints: Print) -> None:
    source = Source("k7m2xq", "Lakeside")
    (code,) = reading.codes(prints(sample, "niche-profile", source=source).bytes)
    assert code.text == f"{FORM_URL}/refer?source=k7m2xq"
    assert code.side_mm >= 29.7


def test_the_profile_leaves_out_its_opening_before_it_is_refused(
    tmp_path: Path, prints: Print
) -> None:
    practice = folders.hard(tmp_path, reasons=11, unfit=9)
    opening = "A loss is not an illness."
    roomy = reading.text_of(
        prints(folders.hard(tmp_path / "roomy", reasons=3, unfit=3), "niche-profile").bytes
    )
    assert opening in roomy
    text = reading.text_of(prints(practice, "niche-profile", form_url=None).bytes)
    assert opening not in text
    assert "Reason number 10" in text


def test_the_card_times_the_speech_at_150_words_a_minute(sample: Practice, prints: Print) -> None:
    text = reading.text_of(prints(sample, "elevator-card").bytes)
    assert "Say it in 37 seconds" in text  # 93 words
    assert "93 words at 150 a minute. A good length." in text
    for at in ("0:00", "0:07", "0:10", "0:14", "0:26", "0:32"):
        assert text.count(at) == 2  # in the score and on the cue card
    assert text.count("keeps coming back for one more test?") == 3
    assert "In about twelve sessions …" in text


@pytest.mark.parametrize(
    ("speech", "verdict"),
    [
        ("Too short to hear. Is it not?", "There is room for about 68 more."),
        ("One two three four five six seven eight nine ten. " * 12, "Cut about 20"),
    ],
)
def test_the_card_says_how_far_off_a_speech_is(
    tmp_path: Path, prints: Print, speech: str, verdict: str
) -> None:
    folders.sample_with(tmp_path)
    home = tmp_path / "clinicians" / "nora-ellison"
    (home / "elevator-speech.md").write_text(speech, encoding="utf-8")
    assert verdict in reading.text_of(prints(load_practice(tmp_path), "elevator-card").bytes)


@pytest.mark.parametrize("sentences", [1, 6, 8, 9, 14])
def test_what_is_to_be_cut_out_stays_inside_its_card(
    tmp_path: Path, prints: Print, sentences: int
) -> None:
    folders.sample_with(tmp_path)
    home = tmp_path / "clinicians" / "nora-ellison"
    speech = "They sleep again and go back to work. " * (sentences - 1) + "Whom do you know?"
    (home / "elevator-speech.md").write_text(speech, encoding="utf-8")
    pdf = prints(load_practice(tmp_path), "elevator-card").bytes
    left, right, safe = 16.0, 16.0 + 127.0, 4.9
    lower_edge = 279.4 - 13 - (279.4 - 13 - 13.6 - 12)  # the cards end 12 mm above the page's foot
    inside = [one for one in reading.characters(pdf) if one.bottom > lower_edge - 3]
    cards = [one for one in inside if one.right < right + 3 and one.top < lower_edge + 152.4]
    assert len(cards) > 50
    assert min(one.bottom for one in cards) >= lower_edge + safe
    assert min(one.left for one in cards) >= left + safe
    assert max(one.right for one in cards) <= right - safe


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
def test_the_recovery_sheet_carries_every_group_large_and_in_order(paper: Paper) -> None:
    pdf = _recovery("Nora Ellison", paper=paper)
    text = reading.text_of(pdf)
    places = [text.index(f"{number} {group}") for number, group in enumerate(GROUPS, 1)]
    assert places == sorted(places)
    assert reading.page_count(pdf) == 1
    assert reading.font_sizes(pdf)["7XK2-9QPM"] >= 20
    assert "Made for Nora Ellison" in text
    assert "November 21, 2026" in text
    assert reading.properties(pdf).ua_part == "1"


def test_the_recovery_sheet_is_the_same_twice() -> None:
    assert _recovery("Nora Ellison") == _recovery("Nora Ellison")


def test_a_name_that_cannot_be_printed_is_refused_without_a_group_in_the_message() -> None:
    with pytest.raises(MissingGlyphs) as refused:
        _recovery("Nora \u0378 Ellison")
    assert not any(group in str(refused.value) for group in GROUPS)


def test_fonts_are_gathered_once_and_mended(tmp_path: Path) -> None:
    folder = gather_fonts(tmp_path)
    faces = sorted(folder.iterdir())
    assert {face.suffix for face in faces} == {".otf"}
    faces[0].unlink()
    faces[1].unlink()
    faces[1].symlink_to(tmp_path / "gone.otf")
    assert sorted(gather_fonts(tmp_path).iterdir()) == faces
    assert all(face.stat().st_size > 10_000 for face in faces)


def test_a_changed_portrait_gives_another_drawing(tmp_path: Path) -> None:
    practice = folders.with_portrait(tmp_path)
    clinician = practice.clinicians[0]
    first = portrait_drawing(clinician, practice.name)
    assert clinician.portrait is not None
    Image.new("RGB", (900, 900), (10, 20, 30)).save(clinician.portrait)
    second = portrait_drawing(clinician, practice.name)
    assert first is not None
    assert second is not None
    assert first["svg"] != second["svg"]


def _recovery(who: str, paper: Paper = Paper.LETTER) -> bytes:
    return render_recovery(
        GROUPS, who, "Harbor Street Counseling PLLC", dt.date(2026, 11, 21), TIMESTAMP, paper=paper
    )
