"""The addresses of what is owed."""

from __future__ import annotations

from typing import Final

from form_server.desk.owed.show import show_owed
from form_server.desk.ways import Way

WAYS: Final = (Way("/owed", show_owed),)
