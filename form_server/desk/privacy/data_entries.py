"""What each table is for, how each of its columns is guarded, how long it stays, and who reads it.

Columns are listed by their guard, in words parted by spaces. Whoever adds a column says in one of the
three tables what it holds; a column about a patient that would stand in clear is a question for the
whole practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from form_server.desk.privacy.data_guards import Entry, Guard, Kept
from form_server.desk.privacy.data_outreach import OUTREACH
from form_server.desk.privacy.data_practice import PRACTICE
from form_server.desk.privacy.data_referrals import REFERRALS

ENTRIES: Final[Mapping[str, Entry]] = MappingProxyType({**REFERRALS, **OUTREACH, **PRACTICE})

__all__ = ["ENTRIES", "Entry", "Guard", "Kept"]
