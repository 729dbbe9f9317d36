"""What the office's door is given when the server is put together, and how its views reach it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeGuard

from flask import Flask, current_app

from form_server.disk import DiskWatch
from form_server.ledger import Ledger
from form_server.office.accept import Reception
from form_server.office.asking.reception import QuestionReception
from form_server.office.complaints import Complaints
from form_server.office.kept import KeptParts
from form_server.office.squeezing import Squeezed
from form_server.office.submission import Asks
from form_server.office.traffic import Traffic
from form_server.office.watch import Watch
from form_server.settings import Settings
from outreach_kit.practice import Practice
from outreach_kit.web import Assets, HeldTime, Site

_EXTENSION: Final = "handoff-office"
_LEAD: Final = timedelta(hours=2)  # a call that begins sooner could not be prepared
_TIMES_OFFERED: Final = 3


class Following:
    """The practice as the desk has it now, and the reception that counts by it.

    A reception is made anew when the practice changed, which is rare, and kept until then.
    """

    def __init__(
        self, current: Callable[[], Practice], make: Callable[[Practice], Reception]
    ) -> None:
        self._current = current
        self._make = make
        practice = current()
        self._known = (practice, make(practice))

    def now(self) -> tuple[Practice, Reception]:
        practice = self._current()
        known = self._known
        if practice is not known[0]:
            known = self._known = (practice, self._make(practice))
        return known


@dataclass(frozen=True)
class Office:
    """The surroundings of the public's pages.

    `is_delivering` tells whether the worker of this process lives, or is None where another process
    delivers.
    """

    settings: Settings
    following: Following
    ledger: Ledger
    asks: Asks
    complaints: Complaints
    """In the main language."""
    complaints_in: Mapping[str, Complaints]
    """By language."""
    assets: Assets
    clock: Callable[[], datetime]
    is_delivering: Callable[[], bool | None]
    kept: KeptParts
    disk: DiskWatch
    watch: Watch
    questions: QuestionReception
    feeds: Traffic
    """How often calendars ask."""
    squeezed: Squeezed = field(default_factory=Squeezed)

    @property
    def practice(self) -> Practice:
        return self.following.now()[0]

    @property
    def reception(self) -> Reception:
        return self.following.now()[1]

    def site(self, language: str | None = None) -> Site:
        """What a page of the server's own is made from; its links lead where the website's do."""
        practice = self.practice.in_language(language) if language else self.practice
        return Site(
            practice=practice,
            today=practice.today(self.clock()),
            form_url=self.settings.url,
            site_url=practice.identity.site_url,
            assets=self.assets.manifest,
        )

    def is_thanks_page(self, wanted: object) -> TypeGuard[str]:
        """Whether the settings name this page as one to go on to after sending."""
        return isinstance(wanted, str) and wanted in self.settings.thanks_pages

    def times(self, clinician: str = "") -> list[HeldTime]:
        """The next first-call times that are free: the clinician's, when this is one of ours."""
        whose = clinician if clinician in self.asks.clinicians else None
        free = self.ledger.first_calls.free(
            self.clock() + _LEAD, clinician=whose, limit=_TIMES_OFFERED
        )
        return [HeldTime(one.id, one.starts_at, one.clinician) for one in free]


def place_office(app: Flask, office: Office) -> None:
    app.extensions[_EXTENSION] = office


def the_office() -> Office:
    """The office of the app that answers the current request."""
    office = current_app.extensions[_EXTENSION]
    if not isinstance(office, Office):
        raise TypeError("the app was put together without an office")
    return office
