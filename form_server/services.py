"""What every room shares: the state of the server, and the practice as it stands now.

No web here: the worker's chores stand on these as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from form_server.blanks import Blanks
from form_server.current_practice import CurrentPractice
from form_server.settings import Settings
from form_server.slips import Slips
from form_server.state import NotSetUp, State, open_state, utc_now
from outreach_kit.practice import Practice, load_practice

__all__ = ["NotSetUp", "Services", "State", "open_services", "services_on", "utc_now"]


@dataclass(kw_only=True)
class Services(State):
    """`worker_alive` is set by whoever starts a worker in this process; None means that another
    process delivers.
    """

    current: CurrentPractice
    """The practice, asked for at each use: hours and promise may have changed at the desk."""
    blanks: Blanks
    slips: Slips
    worker_alive: Callable[[], bool] | None = None

    @property
    def practice(self) -> Practice:
        """As it stands at this moment; what keeps it does not follow the desk."""
        return self.current()

    def is_delivering(self) -> bool | None:
        return None if self.worker_alive is None else self.worker_alive()


def open_services(
    settings: Settings, *, clock: Callable[[], datetime] = utc_now, own_mailbox: bool = False
) -> Services:
    """Everything a room may ask for. Raises ContentError, and what `open_state` raises."""
    settings.require_channel()
    practice = load_practice(settings.practice)  # first: what is wrong there is said in full
    state = open_state(settings, clock=clock, own_mailbox=own_mailbox)
    return _with_practice(state, practice)


def services_on(state: State) -> Services:
    """The same on a state that is open already, and stays its opener's. Raises ContentError."""
    return _with_practice(state, load_practice(state.settings.practice))


def _with_practice(state: State, practice: Practice) -> Services:
    return Services(
        settings=state.settings,
        ledger=state.ledger,
        server_key=state.server_key,
        clock=state.clock,
        lock=state.lock,
        own_mailbox=state.own_mailbox,
        current=CurrentPractice(practice, state.ledger),
        blanks=Blanks(state.ledger.meta.instance_id()),
        slips=Slips(state.ledger, state.server_key, state.settings.url),
    )
