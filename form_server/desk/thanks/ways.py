"""The addresses of thank-yous."""

from __future__ import annotations

from typing import Final

from form_server.desk.thanks.mailing import mail_thanks, show_mailed, spoil_thanks
from form_server.desk.thanks.making import make_thanks, print_thanks
from form_server.desk.thanks.show import show_thanks
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/thanks", show_thanks),
    Way("/thanks/paper", print_thanks, POST),
    Way("/thanks/made", make_thanks, POST),
    Way("/thanks/mailed", show_mailed),
    Way("/thanks/mailed", mail_thanks, POST),
    Way("/thanks/spoiled", spoil_thanks, POST),
)
