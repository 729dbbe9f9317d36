"""How whoever sent somebody wishes to hear back, and what their wish lacks.

A wish without an address, or without a number, refuses no referral: it is asked for later.
"""

from __future__ import annotations

from typing import Final

from form_server.desk.referral.case import Case
from form_server.desk.referral.said import Said
from form_server.ledger import NotFound

REPORT_BACKS: Final = {
    "none": "No need", "email": "By e-mail", "phone": "By phone", "fax": "By fax",
}  # fmt: skip
_LACKS: Final = {"email": "no address", "phone": "no number", "fax": "no number"}


def say_report_back(case: Case, said: Said) -> str:
    """“By e-mail”, and what to do about it where there is no address; empty for no wish."""
    label = REPORT_BACKS.get(said.report_back, said.report_back)
    lack = say_lack(case, said)
    return f"{label}. {lack}" if lack else label


def say_lack(case: Case, said: Said) -> str:
    """What the wish lacks, and where it can be had; empty when it can be met."""
    way, referrer = said.report_back, said.referrer
    given = {"email": referrer.email, "phone": referrer.phone.typed, "fax": referrer.fax}
    if way not in given or given[way]:
        return ""
    known = _known(case, way)
    todo = f"Your book of offices has {known}." if known else "Ask for it when you call them."
    return f"They gave {_LACKS[way]} for it. {todo}"


def _known(case: Case, way: str) -> str:
    """What the book of offices has of whoever sent it; empty for nothing."""
    try:
        facts = case.desk.ledger.address_book.get(case.referral.source or "").facts
    except NotFound:
        return ""
    return {"email": facts.email, "phone": facts.phone, "fax": facts.fax}[way]
