"""What a lane tells the log: ids, kinds and outcomes, in words for eyes and in facts for programs."""

from __future__ import annotations

import logging
from pathlib import Path

from form_server.delivery.channels import Outcome
from form_server.journal import about
from form_server.ledger import Channel, Claimed

_log = logging.getLogger("form_server.delivery.lane")


def tell_outcome(delivery: Claimed, way: Channel, outcome: Outcome) -> None:
    """Of each attempt, when it has ended."""
    became = type(outcome).__name__
    facts = about(
        f"delivery.{became.lower()}", delivery=delivery.id, referral=delivery.referral_id,
        kind=delivery.kind.value, channel=way.value, attempt=delivery.attempts,
    )  # fmt: skip
    _log.info("delivery %s: %s, attempt %d", delivery.id, became, delivery.attempts, extra=facts)


def tell_failed(delivery: Claimed, what: str, error: Exception) -> None:
    """A bug of ours; `what` is its kind and place."""
    facts = about("delivery.failed", delivery=delivery.id, error=type(error).__name__)
    _log.error("delivery %s failed: %s", delivery.id, what, extra=facts)


def tell_not_begun(delivery: Claimed, error: Exception) -> None:
    kind = type(error).__name__
    facts = about("delivery.not_begun", delivery=delivery.id, error=kind)
    _log.error("delivery %s was not begun: %s", delivery.id, kind, extra=facts)


def tell_taken_over(delivery_id: str, when: str) -> None:
    """It is another owner's now; `when` completes the sentence."""
    facts = about("delivery.taken_over", delivery=delivery_id)
    _log.warning("delivery %s was taken over %s", delivery_id, when, extra=facts)


def tell_blocked(way: Channel, pause_s: float) -> None:
    facts = about("channel.blocked", channel=way.value, wait_s=round(pause_s))
    _log.warning("channel %s is blocked: next try in %.0f seconds", way, pause_s, extra=facts)


def place_of(error: Exception) -> str:
    """The file and line that raised it, which quote nothing."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return "an unknown place"
    return f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}"
