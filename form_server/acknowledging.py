"""The receipt that a sender's mailbox gets, for rooms that do not write it themselves.

The office's room writes it, with the caps that hold for an address. The desk asks for it when somebody
says that a referral or a question which was kept aside is real: until then none went out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app

from form_server.ledger import Question, Rationed, Referral


@dataclass(frozen=True)
class Acknowledging:
    """Each gives what goes out to an address, or None where no mail is set up.

    The third argument is the language of the page on which they wrote, or empty.
    """

    of_referral: Callable[[Referral, str, str], Rationed | None]
    of_question: Callable[[Question, str, str], Rationed | None]


_EXTENSION: Final = "handoff-acknowledging"


def place_acknowledging(app: Flask, acknowledging: Acknowledging) -> None:
    app.extensions[_EXTENSION] = acknowledging


def acknowledge(referral: Referral, address: str, language: str) -> Rationed | None:
    """What goes out to that address; None where this app takes no referrals, or has no mail."""
    found = _placed()
    return found.of_referral(referral, address, language) if found and address else None


def acknowledge_question(asked: Question, address: str, language: str) -> Rationed | None:
    """The same for who asked something."""
    found = _placed()
    return found.of_question(asked, address, language) if found and address else None


def _placed() -> Acknowledging | None:
    found: Acknowledging | None = current_app.extensions.get(_EXTENSION)
    return found
