"""What every sheet of one build has in common, and all that decides the bytes of one of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import field
from pathlib import Path
from typing import Self

from outreach_kit.frozen import frozen
from outreach_kit.installed import version_of
from outreach_kit.paper import Each, Press, SheetJob
from outreach_kit.paper.views import Commission, view_sheet
from outreach_kit.places import PAPER
from outreach_kit.practice import Practice
from outreach_kit.publish.cache import Cache
from outreach_kit.publish.content import Content
from outreach_kit.publish.request import BuildRequest


@frozen
class Order:
    """A press, and what to print from. Safe to share between threads."""

    practice: Practice
    today: dt.date
    form_url: str | None
    site_url: str | None
    timestamp: int
    is_dated: bool
    """Whether the date inside the PDF was asked for, and so decides the bytes."""
    press: Press = field(repr=False)
    cache: Cache = field(repr=False)
    moulds: str = field(repr=False)
    """A hash of every template, of the owner's fonts and of the typesetter."""

    @classmethod
    def of(
        cls,
        request: BuildRequest,
        content: Content,
        cache: Cache,
    ) -> Self:
        practice = content.practice
        return cls(
            practice,
            content.today,
            content.form_url,
            content.site_url,
            timestamp=_timestamp(request, practice, content.today),
            is_dated=request.timestamp is not None,
            press=Press(request.cache),
            cache=cache,
            moulds=_hash_moulds(practice),
        )

    def commission(self, job: SheetJob) -> Commission:
        return Commission.of(
            job, self.practice, self.today, form_url=self.form_url, site_url=self.site_url
        )

    def title(self, job: SheetJob) -> str:
        """What the sheet is, whose and for whom, in its own language where the practice has several."""
        commission = self.commission(job)
        parts = [commission.wording.gettext(job.sheet.title)]
        if commission.job.clinician and self.practice.is_group:
            parts.append(commission.job.clinician.name)
        if job.sheet.each is Each.TRAINING:
            parts.append(commission.training.title)
        elif job.edition:
            parts.append(commission.audience.name)
        if job.language:
            parts.append(commission.wording.own_name)
        return ": ".join(parts)

    def key(self, job: SheetJob, how: str) -> str:
        """Its words and numbers, the moulds, the date; `how` says what else is made of it."""
        view = view_sheet(self.commission(job))
        date = self.timestamp if self.is_dated else ""
        data = json.dumps([view.template, view.data], ensure_ascii=False, sort_keys=True)
        return f"sheet {self.moulds} {how} {date} {data}"


def _hash_moulds(practice: Practice) -> str:
    digest = hashlib.sha256(version_of("typst").encode())
    own_fonts = practice.folder / "fonts"
    for path in sorted(
        (*PAPER.rglob("*.typ"), *(own_fonts.glob("*") if own_fonts.is_dir() else ()))
    ):
        digest.update(path.name.encode() + b"\0" + _content(path) + b"\0")
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _timestamp(request: BuildRequest, practice: Practice, today: dt.date) -> int:
    """The date inside the PDFs: as asked for, or the day's beginning, so that a day's builds agree."""
    if request.timestamp is not None:
        return request.timestamp
    midnight = dt.datetime.combine(today, dt.time(), practice.time_zone)
    return int(midnight.timestamp())
