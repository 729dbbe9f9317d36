"""What the page of an office is made of: panels, each with a template and a view of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from form_server.desk.offices.case import OfficeCase


@dataclass(frozen=True)
class Panel:
    """`template` lies below templates/desk/ and sees `frame` and `panel`, which is what `build`
    gave; a panel that gave None is not shown."""

    template: str
    build: Callable[[OfficeCase], object | None]


@dataclass(frozen=True)
class Shown:
    template: str
    panel: object
