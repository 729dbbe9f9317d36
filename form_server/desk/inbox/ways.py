"""The addresses of the inbox."""

from __future__ import annotations

from typing import Final

from form_server.desk.inbox.log import log_referral, show_log
from form_server.desk.inbox.search import search_inbox
from form_server.desk.inbox.show import show_inbox
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/inbox", show_inbox),
    Way("/inbox", search_inbox, POST),
    Way("/log", show_log),
    Way("/log", log_referral, POST),
)
