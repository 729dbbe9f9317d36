from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from form_server.ledger.purging import Deletion
from form_server.safekeeping import DeletionLog
from form_server.safekeeping.deletions import DeletionLogDamaged

AT = datetime(2026, 3, 2, 17, 0, 0, 123456, tzinfo=UTC)
FIRST = Deletion("r000001", AT, "closed for a year")
SECOND = Deletion("r000002", AT, "erased")


def test_what_was_followed_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "deletions.log"
    assert DeletionLog(path).read() == []
    assert DeletionLog(path).follow([FIRST, SECOND]) == 2
    assert DeletionLog(path).read() == [FIRST, SECOND]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_record_is_written_once_over_restarts(tmp_path: Path) -> None:
    path = tmp_path / "deletions.log"
    log = DeletionLog(path)
    assert (log.follow([FIRST]), log.follow([FIRST])) == (1, 0)
    assert DeletionLog(path).follow([FIRST, SECOND]) == 1
    assert DeletionLog(path).read() == [FIRST, SECOND]


def test_a_line_that_a_crash_cut_short_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "deletions.log"
    DeletionLog(path).follow([FIRST, SECOND])
    path.write_bytes(path.read_bytes()[:-9])
    assert DeletionLog(path).read() == [FIRST]
    assert DeletionLog(path).follow([FIRST, SECOND]) == 1
    assert DeletionLog(path).read() == [FIRST, SECOND]


@pytest.mark.parametrize("line", ["nonsense\n", "yesterday r1 rule\n", "\xff\n"])
def test_a_line_that_cannot_be_read_is_not_passed_over(tmp_path: Path, line: str) -> None:
    path = tmp_path / "deletions.log"
    path.write_text(line, encoding="latin-1")
    with pytest.raises(DeletionLogDamaged):
        DeletionLog(path).read()
