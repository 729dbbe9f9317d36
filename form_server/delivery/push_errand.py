"""One push by Apprise; as a program, one push in a process of its own: JSON in, JSON out.

Apprise reads answers whole and bounds no wait but each single one. A service that trickles would keep a
thread of it for ever, and with a handful of those no push would go out any more; one whose answer has
no end would fill the memory of the server that takes referrals. Both end with this process.

It is run by its path and stands on nothing of ours, so that it starts in less than half a second.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import signal
import sys
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypedDict

if TYPE_CHECKING:
    from apprise import Apprise

LIFETIME_S: Final = 60
"""Longer than anybody waits for it: for when whoever started it is gone."""
_MEMORY_BYTES: Final = 512 * 1024 * 1024
_STATUS: Final = re.compile(r"\berror=(\d{3})\b")


class Errand(TypedDict):
    """What to tell, and where."""

    address: str
    title: str
    body: str


class Told(TypedDict):
    """What became of it; `status` is the HTTP status of a service that said no, where it is known."""

    is_known: bool
    is_told: bool
    status: int | None


def tell(errand: Errand) -> Told:
    """By whom Apprise knows at that address; nothing is sent where it knows nobody."""
    service = open_service(errand["address"])
    if service is None:
        return Told(is_known=False, is_told=False, status=None)
    result = service.notify(title=errand["title"], body=errand["body"], log_level=logging.WARNING)
    status = None if result else _status_in(one.message for one in result.logs())
    return Told(is_known=True, is_told=bool(result), status=status)


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


def _status_in(messages: Iterable[str]) -> int | None:
    """The HTTP status that Apprise's words about a failure end with: `… error=503.`"""
    found = [match for message in messages if (match := _STATUS.search(message))]
    return int(found[-1][1]) if found else None


def _main() -> None:
    if sys.platform != "win32":
        import resource

        signal.alarm(LIFETIME_S)
        with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses it
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    answer, sys.stdout = sys.stdout, sys.stderr  # whatever a plugin may print is no answer
    json.dump(tell(json.load(sys.stdin)), answer)
    answer.flush()


if __name__ == "__main__":
    _main()
