"""The printed sheets: a catalogue, a plan, what each sheet says, and the press that prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach_kit.late import fetch_late

if TYPE_CHECKING:
    from outreach_kit.paper.catalogue import CATALOGUE, UnknownSheet, find_sheet
    from outreach_kit.paper.glyphs import MissingGlyphs, gather_problems
    from outreach_kit.paper.jobs import SheetJob, Source, SourceRefused, plan_sheets
    from outreach_kit.paper.press import Press, PrintedSheet
    from outreach_kit.paper.recovery import render_recovery
    from outreach_kit.paper.sheet import Door, Each, Need, Paper, Scope, Sheet, Sides, Stock, Use
    from outreach_kit.paper.too_long import SheetTooLong

_HOMES: Final = {
    "CATALOGUE": "catalogue",
    "Door": "sheet",
    "Each": "sheet",
    "MissingGlyphs": "glyphs",
    "Need": "sheet",
    "Paper": "sheet",
    "Press": "press",
    "PrintedSheet": "press",
    "Scope": "sheet",
    "Sheet": "sheet",
    "SheetJob": "jobs",
    "SheetTooLong": "too_long",
    "Sides": "sheet",
    "Source": "jobs",
    "SourceRefused": "jobs",
    "Stock": "sheet",
    "UnknownSheet": "catalogue",
    "Use": "sheet",
    "find_sheet": "catalogue",
    "gather_problems": "glyphs",
    "plan_sheets": "jobs",
    "render_recovery": "recovery",
}
__getattr__ = fetch_late(__name__, _HOMES)

__all__ = [
    "CATALOGUE",
    "Door",
    "Each",
    "MissingGlyphs",
    "Need",
    "Paper",
    "Press",
    "PrintedSheet",
    "Scope",
    "Sheet",
    "SheetJob",
    "SheetTooLong",
    "Sides",
    "Source",
    "SourceRefused",
    "Stock",
    "UnknownSheet",
    "Use",
    "find_sheet",
    "gather_problems",
    "plan_sheets",
    "render_recovery",
]
