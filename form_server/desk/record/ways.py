"""Where the record can be found; it is for owners."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.roles import Right
from form_server.desk.record.show import export_record, show_record, verify_record
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/record", show_record, right=Right.RECORD),
    Way("/record/verify", verify_record, POST, right=Right.RECORD),
    Way("/record/export", export_record, right=Right.RECORD),
)
