"""Where the settings can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.setup.more import show_more
from form_server.desk.ways import Way

WAYS: Final = (Way("/more", show_more),)
