from __future__ import annotations

from pathlib import Path

from form_server.current_practice import PROMISE
from form_server.doctor.overrides import check_overrides
from form_server.ledger import Ledger
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice


def test_what_the_desk_changed_and_the_website_does_not_say_is_found(tmp_path: Path) -> None:
    practice = load_practice(SAMPLE_PRACTICE)
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        ledger.migrate()
        (before,) = check_overrides(practice, ledger)
        ledger.desk_settings.put(PROMISE, '{"working_hours": 2}', actor="test")
        (after,) = check_overrides(practice, ledger)

    assert before.verdict == "ok"
    assert after.verdict == "warn"
    assert "the promise" in after.words
    assert "hours and closings" not in after.words
