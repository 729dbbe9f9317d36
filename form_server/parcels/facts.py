"""What the facts of a parcel are made of, and what must hold of them.

What does not hold raises ValueError; its words name the field, never what stands in it.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta

KIND: Final = "kind"
"""The field that says which parcel it is."""
_WEB: Final = re.compile(r"https?://\S*")
_TEL: Final = re.compile(r"tel:\+?[0-9*#.()-]+(;[A-Za-z0-9=.+-]+)*")

What = Literal["referral", "question", "talk"]
"""What a message is about; what waited since before there were questions is about a referral."""

Moment = Annotated[datetime, Meta(tz=True)]
"""With its zone: others are refused."""


def require_web(url: str) -> None:
    if not _WEB.fullmatch(url):
        raise ValueError("a link is a web address")


def require_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("time_zone is not known here") from error


def require_aware(*moments: datetime) -> None:
    if any(moment.tzinfo is None for moment in moments):
        raise ValueError("moments are aware")


def require_tel(uri: str) -> None:
    if uri and not _TEL.fullmatch(uri):
        raise ValueError("a phone's address begins with tel:")
