"""The addresses of gifts."""

from __future__ import annotations

from typing import Final

from form_server.desk.gifts.office import give_gift, remove_gift, show_office_gifts
from form_server.desk.gifts.show import print_calendar, show_gifts
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/gifts", show_gifts),
    Way("/gifts/calendar.pdf", print_calendar),
    Way("/gifts/of/<code>", show_office_gifts),
    Way("/gifts/of/<code>", give_gift, POST),
    Way("/gifts/of/<code>/remove", remove_gift, POST),
)
