"""The addresses of what is owed."""

from __future__ import annotations

from typing import Final

from form_server.desk.owed.show import show_owed
from form_server.desk.owed.thanks import mark_thanked
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/owed", show_owed),
    Way("/owed/thanks", mark_thanked, POST),
)
