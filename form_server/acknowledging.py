"""The receipt that an office's mailbox gets, for rooms that do not write it themselves.

The office's room writes it, with the caps that hold for an address. The desk asks for it when somebody
says that a referral which was kept aside is real: until then none went out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from flask import Flask, current_app

from form_server.ledger import Rationed, Referral

Acknowledge = Callable[[Referral, str], Rationed | None]
"""A referral and the address that its office gave -> what goes out, or None where no mail is set up."""

_EXTENSION: Final = "handoff-acknowledging"


def place_acknowledging(app: Flask, acknowledge: Acknowledge) -> None:
    app.extensions[_EXTENSION] = acknowledge


def acknowledge(referral: Referral, address: str) -> Rationed | None:
    """What goes out to that address; None where this app takes no referrals, or has no mail."""
    write = current_app.extensions.get(_EXTENSION)
    return None if write is None or not address else cast("Acknowledge", write)(referral, address)
