"""Whether whole referrals may leave by mail: only with the mail provider's agreement on record.

`HANDOFF_FORWARD=full` or the desk asks for it, verified TLS is needed for it, and an agreement with
whoever runs the mail server unlocks it. Until then notices go out in their place, and nothing is
lost. The demo's own mailbox, which no mail leaves, is the one exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from form_server.ledger import Ledger
from form_server.settings import Forward, Settings
from form_server.switches import CurrentSwitches

WHY_LOCKED: Final = (
    "Whole referrals by mail are locked: no agreement with whoever runs {server} is on record, so mail "
    "says that a referral came, and not what it says."
)
TODO: Final = (
    "Sign a business associate agreement with your mail provider and record it at the desk under "
    "Privacy, Agreements; or have notices go out: Settings, What goes by itself, or "
    "HANDOFF_FORWARD=notice."
)


@dataclass(frozen=True)
class WholeMail:
    """Asked anew each time: an agreement may be recorded, run out or end while the server runs."""

    ledger: Ledger
    forward: Forward
    mail_server: str
    zone: Callable[[], ZoneInfo]
    """The practice's, in which an agreement's days are counted."""
    clock: Callable[[], datetime]
    own_mailbox: bool = False
    wanted: Callable[[], Forward] | None = None
    """What is asked for now, where the desk may have changed it; without, `forward`."""

    @classmethod
    def of(
        cls,
        settings: Settings,
        ledger: Ledger,
        zone: Callable[[], ZoneInfo],
        clock: Callable[[], datetime],
        *,
        own_mailbox: bool = False,
    ) -> WholeMail:
        host = settings.mail.host if settings.mail else ""
        switches = CurrentSwitches(settings, ledger)
        return cls(
            ledger,
            settings.forward,
            host,
            zone,
            clock,
            own_mailbox,
            wanted=lambda: switches().forward,
        )

    def is_asked(self) -> bool:
        """Whether whole referrals are to go out by mail, allowed or not."""
        return (self.wanted() if self.wanted else self.forward) is Forward.FULL

    def is_agreed(self) -> bool:
        """Whether the mail server in use may see what a referral says, today."""
        if self.own_mailbox:
            return True
        today = self.clock().astimezone(self.zone()).date()
        return bool(self.mail_server) and (
            self.ledger.agreements.for_mail(self.mail_server, today) is not None
        )

    def is_open(self) -> bool:
        """Whether a referral that comes in now goes out whole."""
        return self.is_asked() and self.is_agreed()

    def is_locked(self) -> bool:
        """Whether it is asked for and may not be."""
        return self.is_asked() and not self.is_agreed()
