"""A practice that writes from right to left, with numbers and Latin names that do not; and a font for it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

from outreach_kit.paper.fonts import gather_fonts
from outreach_kit.practice import Practice, load_practice
from tests.outreach_kit.paper import folders

NAME = "نورة الحسن"
PRACTICE = "مركز المرفأ للإرشاد النفسي"
NICHE = "أساعد البالغين الذين يظهر قلقهم في أجسادهم بعد أن تكون الفحوص سليمة."
REASON = "نوبات هلع بعد استبعاد أسباب القلب (ECG سليم)"
CITY = "نهر الحور"
STREET = "214 Harbor St"
"""Latin, with a number in front: the hardest thing to set in a line that runs the other way."""
SPEECH = (
    "هل تعرف أشخاصًا يشعرون بألم في الصدر وكل فحص سليم؟ الأعراض حقيقية، والخوف حقيقي. "
    "أساعدهم على النوم والعمل من جديد. من رأيت هذا الشهر؟"
)
_CLINICIAN = "clinicians/nora-ellison/clinician.toml"
_ENGLISH_NICHE = (
    "I help adults whose anxiety shows up as physical symptoms after the medical work-up is clear. \\\n"
    "In short-term therapy they learn to sleep, work and stop fearing their bodies."
)


def arabic(folder: Path) -> Practice:
    """The sample with its own facts in Arabic; what is public and Latin, like the address, stays so."""
    practice = folders.sample_with(
        folder,
        ("practice.toml", '"Harbor Street Counseling PLLC"', f'"{PRACTICE}"'),
        ("practice.toml", 'languages = ["en"]', 'languages = ["ar"]'),
        ("practice.toml", '"Alder Falls"', f'"{CITY}"'),
        (_CLINICIAN, '"Nora Ellison"', f'"{NAME}"'),
        (_CLINICIAN, '"Panic attacks, with cardiac causes excluded"', f'"{REASON}"'),
        (_CLINICIAN, 'languages = ["en"]', 'languages = ["ar", "en"]'),
        (_CLINICIAN, _ENGLISH_NICHE, NICHE),
    )
    home = folder / "clinicians" / practice.clinicians[0].slug
    (home / "elevator-speech.md").write_text(SPEECH + "\n", encoding="utf-8")
    return load_practice(folder)


def lend_arabic(practice: Path, press_cache: Path) -> None:
    """Give the practice a font with a shape for every Arabic letter: the house's “A”, so that no machine
    needs another font to set lines that run to the left."""
    font = TTFont(gather_fonts(press_cache) / "SourceSansPro-Regular.otf")
    letters = [code for code in range(0x600, 0x700) if unicodedata.category(chr(code)) != "Cn"]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: table.cmap[ord("A")] for code in letters})
    for record in font["name"].names:
        if record.nameID in {1, 4, 6, 16}:
            record.string = "Lent"
    font["CFF "].cff.fontNames[0] = "Lent"
    (practice / "fonts").mkdir()
    font.save(practice / "fonts" / "lent.otf")
