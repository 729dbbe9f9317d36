"""Where those who refer can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.offices.listing import show_offices
from form_server.desk.offices.show import show_office
from form_server.desk.ways import Way

WAYS: Final = (
    Way("/offices", show_offices),
    Way("/offices/<code>", show_office),
)
