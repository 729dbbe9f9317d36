"""Practice folders to print from: the sample with changes, a hard one, and a group."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PIL import Image

from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice

PLANS = [
    "Aetna", "Blue Cross Blue Shield of Illinois PPO", "BlueChoice Preferred", "Cigna and Evernorth",
    "Humana", "Kaiser PPO", "Magellan", "Medicare", "Meridian", "Molina Marketplace", "Multiplan",
    "Tricare West", "UnitedHealthcare and Optum", "Wellfleet Student",
]  # fmt: skip
SPEECH = (
    "You know how some people cannot sleep after a loss? I help them rest again. In ten meetings "
    "they learn what keeps them awake. Whom do you know?"
)


def sample() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


def sample_with(folder: Path, *changes: tuple[str, str, str]) -> Practice:
    """The sample in `folder`, each change a file, what stands there, and what takes its place."""
    shutil.copytree(SAMPLE_PRACTICE, folder, dirs_exist_ok=True)
    for file, old, new in changes:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return load_practice(folder)


def hard(folder: Path, *, reasons: int = 8, unfit: int = 8, fax: bool = False) -> Practice:
    """Long names, twelve credentials, many plans; no fax, no booking, a PO box, no form."""
    quoted = json.dumps
    write(
        folder / "practice.toml",
        f"""
        [practice]
        name = "The Wollstonecraft-Featherstonehaugh Collaborative Practice"
        time_zone = "America/Chicago"
        [contact]
        phone = "(312) 555-0142 ext. 20481"
        {'fax = "(312) 555-0143"' if fax else ""}
        [address]
        po_box = "PO Box 148201"
        city = "Village of Pleasant Prairie-upon-the-Desplaines"
        region = "IL"
        postal_code = "60018-1234"
        [hours]
        monday = "7:30-12:00, 13:00-17:45"
        tuesday = "9:00-12:00"
        wednesday = "7:30-12:00, 13:00-17:45"
        friday = "8:00-16:00"
        saturday = "9:00-11:30"
        [insurance]
        plans = {quoted(PLANS)}
        superbills = true
        [promise]
        working_days = 2
        [brand]
        preset = "plum"
        """,
    )
    credentials = "PhD, ABPP, LCSW, LMFT, CADC-II, NCC, ACS, CCTP, RPT-S, BC-TMH, CEDS-S, SEP"
    write_clinician(
        folder,
        "maximiliana",
        name="Maximiliana Wollstonecraft-Featherstonehaugh von Hohenlohe-L",
        more=f"""
        credentials = {quoted(credentials.split(", "))}
        title = "Licensed clinical psychologist and marriage and family therapist"
        pronouns = "she/they"
        telehealth = ["IL", "WI", "IN", "IA", "MI", "MO"]
        languages = ["en", "es", "pl", "de"]
        approaches = {quoted([f"Approach number {n} with a long name" for n in range(6)])}
        """,
        reasons=[f"Reason number {n}, in the words of a busy front desk" for n in range(reasons)],
        unfit=[f"Somebody of kind {n} who needs another kind of help" for n in range(unfit)],
    )
    _write_what_is_handed_over(folder)
    return load_practice(folder)


def _write_what_is_handed_over(folder: Path) -> None:
    """A résumé that skips levels, long talks, and notes with lists and quotes."""
    write(
        folder / "clinicians" / "maximiliana" / "resume.md",
        "#### A heading too deep\n\nWhat was done there, and for whom.\n\n"
        + "\n".join(f"- A post of {n} years in a house with a long name" for n in range(9)),
    )
    talk = """
        [[training]]
        slug = "talk-{n}"
        title = "Talk number {n}, whose title says at some length what will be said"
        minutes = [15, 45, 90]
        about = "What is said in it, and why it is worth a lunch hour. It is never long."
        points = ["A first thing to take home, and to try", "A second one", "A third one"]
    """
    write(folder / "trainings.toml", "\n".join(talk.format(n=n) for n in range(6)))
    for month in (9, 10):
        fields = f"title: What was learned in month {month}\ndate: 2026-{month:02d}-01"
        words = "Some sentences that say what was learned, one after the other. " * 9
        body = f"## One thing\n\n{words}\n\n- one\n- two\n\n> {words}\n\n### Deeper\n\n{words}"
        write(folder / "notes" / f"month-{month}.md", f"---\n{fields}\n---\n\n{body}")


def group(folder: Path) -> Practice:
    """Two clinicians who share a fax and a form; one of them takes what the other does not."""
    shutil.copytree(SAMPLE_PRACTICE, folder, dirs_exist_ok=True)
    write_clinician(
        folder,
        "ben-osei",
        name="Ben Osei",
        more='credentials = ["PhD"]\nlanguages = ["en", "es"]',
        reasons=["Grief that does not ease", "Trouble sleeping after a loss"],
        unfit=["Active psychosis or mania", "Panic attacks"],
    )
    return load_practice(folder)


def write_clinician(
    folder: Path, slug: str, *, name: str, more: str, reasons: list[str], unfit: list[str]
) -> None:
    home = folder / "clinicians" / slug
    quoted = json.dumps
    facts = f"""
        name = {quoted(name)}
        niche = "I help grieving adults sleep again. We meet for about ten hours."
        not_fit = {quoted(unfit)}
        ages = {{ youngest = 16 }}
        {more}
    """
    rows = [
        f"[[refer_when]]\nslug = 'reason-{number}'\ntext = {quoted(text)}\n"
        for number, text in enumerate(reasons)
    ]
    write(home / "clinician.toml", facts + "\n".join(rows))
    write(home / "profile.md", "A loss is not an illness. It still takes the nights.")
    write(home / "elevator-speech.md", SPEECH)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(line.strip() for line in text.splitlines()) + "\n", encoding="utf-8")


def with_portrait(folder: Path) -> Practice:
    """The sample with a picture of Nora Ellison."""
    shutil.copytree(SAMPLE_PRACTICE, folder, dirs_exist_ok=True)
    home = folder / "clinicians" / "nora-ellison"
    Image.new("RGB", (800, 1200), (190, 170, 150)).save(home / "nora.jpg")
    facts = home / "clinician.toml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text('portrait = "nora.jpg"\n' + text, encoding="utf-8")
    return load_practice(folder)
