"""Push, SMS and chat as a channel, through Apprise: a line that something came, and a link.

An address is an Apprise URL (`pover://…`, `ntfys://…`, `signal://…`) and often holds a token, so it
stands in no log and no reason. What goes out is what a mail's subject says: a locked screen shows it
to whoever is near.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final

from form_server.delivery import push_errand
from form_server.delivery.channels import Again, Never, Outcome, Sent, Unknown
from form_server.delivery.letters import letter_about
from form_server.delivery.push_errand import Errand, Told
from form_server.environment import PREFIX
from form_server.ledger import Claimed
from form_server.parcels import Parcel

TIMEOUT_S: Final = 30.0

Run = Callable[[Errand, float], Told | None]
_AGAIN: Final = frozenset({408, 425, 429})


def has_push() -> bool:
    """Whether Apprise is installed; does not load it."""
    return importlib.util.find_spec("apprise") is not None


class PushChannel:
    """Each address is a service of its own: trouble with one is a trouble of its rows."""

    def __init__(self, timeout_s: float = TIMEOUT_S, run: Run | None = None) -> None:
        self._timeout_s = timeout_s
        self._run = run or run_errand

    def deliver(self, delivery: Claimed, parcel: Parcel, begin: Callable[[], None]) -> Outcome:
        letter = letter_about(parcel, whole=False)
        errand = Errand(
            address=delivery.address,
            title=letter.practice_name,
            body=f"{letter.subject}\n{letter.button_url}",
        )
        begin()
        try:
            told = self._run(errand, self._timeout_s)
        except OSError as error:
            return Again(f"The push could not be started ({error.strerror}). It is tried again.")
        if told is None:
            return judge(None)
        if not told["is_known"]:
            return Never(
                "The push address is not one that Apprise knows. Write it as Apprise does, like "
                "ntfys://ntfy.example.org/topic."
            )
        return Sent() if told["is_told"] else judge(told["status"])

    def rest(self) -> None:
        """Nothing is kept open."""

    def close(self) -> None:
        """Nothing is kept open."""


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


def run_errand(errand: Errand, within_s: float) -> Told | None:
    """What became of it, in a process that is ended if it takes longer; None where nobody can say.

    Raises OSError when it could not be started, and then nothing was sent.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own file, by our own interpreter
            [sys.executable, "-P", "-W", "ignore", push_errand.__file__],
            input=json.dumps(errand).encode(),  # not among the arguments: others can read those
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it may quote the address
            env=_without_secrets(os.environ),
            start_new_session=True,  # whoever presses Ctrl-C does not mean it
            timeout=within_s,
            check=False,
        )
        told: Told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return told


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: one for name, one in environment.items() if not name.startswith(PREFIX)}
