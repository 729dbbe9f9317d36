"""Push, SMS and chat as a channel, through Apprise: a line that something came, and a link.

An address is an Apprise URL (`pover://…`, `ntfys://…`, `signal://…`) and often holds a token, so it
stands in no log and no reason. What goes out is what a mail's subject says: a locked screen shows it
to whoever is near.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from form_server.delivery.channels import Again, Never, Outcome, Sent, Unknown
from form_server.delivery.letters import letter_about
from form_server.ledger import Claimed
from form_server.parcels import Parcel

if TYPE_CHECKING:
    from apprise import Apprise

TIMEOUT_S: Final = 30.0

_STATUS: Final = re.compile(r"\berror=(\d{3})\b")
_AGAIN: Final = frozenset({408, 425, 429})


def has_push() -> bool:
    """Whether Apprise is installed; does not load it."""
    return importlib.util.find_spec("apprise") is not None


class PushChannel:
    """Each address is a service of its own: trouble with one is a trouble of its rows."""

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        service = open_service(delivery.address)
        if service is None:
            return Never(
                "The push address is not one that Apprise knows. Write it as Apprise does, like "
                "ntfys://ntfy.example.org/topic."
            )
        letter = letter_about(parcel, whole=False)
        begin()
        told = service.notify(
            title=letter.practice_name,
            body=f"{letter.subject}\n{letter.button_url}",
            timeout=self._timeout_s,
            log_level=logging.WARNING,
        )
        return Sent() if told else judge(_status_in(one.message for one in told.logs()))

    def rest(self) -> None:
        """Nothing is kept open."""

    def close(self) -> None:
        """Nothing is kept open."""


def open_service(address: str) -> Apprise | None:
    """The one service that an Apprise URL names, or None for what is no such URL."""
    # What it logs quotes addresses; what we need of it comes back with the result.
    logging.getLogger("apprise").propagate = False
    with warnings.catch_warnings():
        # Its plugins, all loaded by the first URL, use modules that Python is about to drop.
        warnings.simplefilter("ignore")
        import apprise  # late: most installations never push, and it takes a while

        # What is told to one server is told to no other that it names.
        asset = apprise.AppriseAsset(app_id="Warm Handoff", async_mode=False, http_redirects=False)
        service = apprise.Apprise(asset=asset)
        known = bool(address.strip()) and service.add(address)
    return service if known and len(service) == 1 else None


def judge(status: int | None) -> Outcome:
    """What a failure means, by the HTTP status that the service answered with, if any is known."""
    if status is None:
        return Unknown("The push service was not reached, or did not answer.")
    if status >= 500 or status in _AGAIN:
        return Again(f"The push service answered {status}. It is tried again.")
    if 300 <= status < 400:
        return Never(
            f"The push service answered {status}, and redirects are not followed. Give the address "
            "that it leads to."
        )
    return Never(
        f"The push service answered {status}: it does not take what this address asks for. "
        "Correct the address, or its token."
    )


def _status_in(messages: Iterable[str]) -> int | None:
    """The HTTP status that Apprise's words about a failure end with: `… error=503.`"""
    found = [match for message in messages if (match := _STATUS.search(message))]
    return int(found[-1][1]) if found else None
