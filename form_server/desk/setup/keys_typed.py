"""The recovery sheet as somebody at the desk types it, with the same waits as at “I lost my words”."""

from __future__ import annotations

from typing import Final

from flask import request

from form_server.desk.console import Desk
from form_server.desk.entry.throttle import Place, Throttle, TooManyTries
from form_server.keys import Keyholder, NothingToRecover, open_sheet
from form_server.vault import RecoveryRefused, RecoverySecret
from outreach_kit.errors import UsageError

_LONGEST: Final = 400


def open_typed_sheet(desk: Desk, typed: str) -> Keyholder:
    """Raises UsageError when tried too often, RecoveryMistyped, RecoveryRefused or KeyReplaced."""
    throttle = Throttle(desk, "recovery sheet", Place(request.remote_addr or ""))
    try:
        throttle.check(desk.clock())
        sheet = open_sheet(desk.ledger, RecoverySecret.parse(typed[:_LONGEST]))
    except (TooManyTries, NothingToRecover) as refusal:
        raise UsageError(str(refusal)) from refusal
    except RecoveryRefused:
        throttle.record_failure(desk.clock())
        raise
    throttle.record_success()
    return sheet
