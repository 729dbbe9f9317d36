"""The recovery sheet: groups of letters in large type, what they open, and how to keep them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from outreach_kit.brand import palette
from outreach_kit.paper.fonts import gather_fonts, search_fonts
from outreach_kit.paper.glyphs import MissingGlyphs, unprintable
from outreach_kit.paper.press import TypesettingFailed, compile_pdf
from outreach_kit.paper.sheet import Paper
from outreach_kit.paper.wording import breakable, wording_in
from outreach_kit.places import PAPER
from outreach_kit.practice.facts import Brand


def render_recovery(
    groups: Sequence[str],
    who: str,
    practice_name: str,
    today: dt.date,
    timestamp: int,
    *,
    paper: Paper = Paper.LETTER,
    language: str = "en",
    brand: Brand | None = None,
) -> bytes:
    """One page of PDF/UA-1 that carries `groups` in their order. Nothing of it touches the disk.

    Raises MissingGlyphs when no font has a character of `who` or `practice_name`.
    """
    data = _view(groups, who, practice_name, today, paper, language, brand or Brand())
    with TemporaryDirectory(prefix="handoff-fonts-") as cache:
        # The typesetter's own fixed-width face tells 0 from O and 1 from I.
        fonts = search_fonts(gather_fonts(Path(cache)), None, system=True, built_in=True)
        compiler = typst.Compiler(root=str(PAPER), font_paths=fonts, ignore_system_fonts=True)
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        missing: frozenset[str]
        try:
            return compile_pdf(compiler, str(PAPER / "recovery.typ"), inputs, timestamp)[0]
        except typst.TypstError as error:
            missing = unprintable(error.diagnostic) - set("".join(groups))
            if not missing:
                # Not chained: what the typesetter says may quote a group.
                raise TypesettingFailed("the recovery sheet does not compile") from None
    where = practice_name if missing & set(practice_name) else who
    raise MissingGlyphs({(where, 0, ""): missing}, "Write it otherwise.")


def _view(
    groups: Sequence[str],
    who: str,
    practice_name: str,
    today: dt.date,
    paper: Paper,
    language: str,
    brand: Brand,
) -> dict[str, Any]:
    wording = wording_in(language)
    _ = wording.gettext
    title = _("Recovery sheet: {practice}").format(practice=practice_name)
    return {
        "frame": {
            "title": title,
            "author": practice_name,
            "description": _("Opens every referral when every passphrase is lost."),
            "keywords": [_("recovery sheet")],
            "language": language.split("-")[0],
            "region": language.partition("-")[2] or None,
            "direction": wording.direction,
            "paper": paper.typst_name,
            "palette": asdict(palette(brand)),
        },
        "kicker": _("Recovery sheet"),
        "practice": breakable(practice_name),
        "heading": _("Keep this page safe"),
        "purpose": _(
            "These {count} groups open every referral of the practice when every passphrase is lost. "
            "Whoever holds this page can do the same, so nobody else should."
        ).format(count=len(groups)),
        "facts": [
            {"name": _("Made for"), "text": breakable(who)},
            {"name": _("Made on"), "text": wording.day(today)},
        ],
        "groups_heading": _("The groups, in their order"),
        "groups": list(groups),
        "now": {
            "heading": _("Now"),
            "steps": [
                _("Print it once, on paper. Take no picture of it, and mail it to nobody."),
                _("Type back the two groups that you are asked for. That proves the print."),
                _("Delete the file, and empty the bin."),
                _("Lock the page away: a safe, a bank box, a lawyer’s file; not beside the server."),
            ],
        },
        "later": {
            "heading": _("When a passphrase is lost"),
            "steps": [
                _("Choose recovery where you sign in, and type all groups in their order."),
                _("Capitals, spaces and dashes do not matter. A mistyped group is named by its number."),
                _("Make a new sheet afterwards, and shred this one."),
            ],
        },
        "notes": [_("Kept at"), _("Second copy with"), _("Last looked at, and by whom")],
    }  # fmt: skip
