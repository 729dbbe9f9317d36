"""Who is missing: counted from what the user can open, and from nothing else."""

from __future__ import annotations

from form_server.ledger import Fit
from tests.form_server.desk.colleagues.people import DRINKING, a_colleague, an_out, iris
from tests.form_server.desk.colleagues.steps import understand
from tests.form_server.desk.stage import Stage
from tests.form_server.desk.test_inboxes import sam

MISSING = "/desk/colleagues/missing"


def test_what_people_needed_and_nobody_has_is_counted(desk: Stage) -> None:
    iris(desk)
    for _ in range(2):
        an_out(
            desk,
            language="Arabic",
            plan="Aetna",
            reasons=["other"],
            reason_labels=["Something else"],
        )
    page = desk.get(MISSING).text
    assert 'In Arabic</bdi></strong> <span class="fine">2 people' in page
    assert "With Aetna" in page
    a_colleague(desk, languages=("عربي", "Arabic"), plans=("Aetna",), youngest=18)
    page = desk.get(MISSING).text
    assert "In Arabic" not in page
    assert desk.actions()[-1] == "gaps.opened"


def test_what_the_desk_understood_counts_in_place_of_something_else(desk: Stage) -> None:
    referral = an_out(desk, reasons=["other"], reason_labels=["Something else"])
    understand(desk, referral, kind=[DRINKING])
    assert "Substance dependence as the main concern" in desk.get(MISSING).text


def test_only_what_was_sent_on_in_the_last_year_counts(desk: Stage) -> None:
    an_out(desk, plan="Aetna")
    fits = desk.receive(plan="Cigna")
    desk.ledger.steps.mark_fit(fits.id, Fit.IN, desk.founding.user_id)
    page = desk.get(MISSING).text
    assert "Aetna" in page
    assert "Cigna" not in page
    desk.come_back_after(days=366)
    assert "Aetna" not in desk.get(MISSING).text


def test_what_lies_in_anothers_inbox_is_not_counted(desk: Stage) -> None:
    _, client, sams = sam(desk)
    theirs = desk.receive(plan="Aetna", inbox_id=sams)
    desk.ledger.steps.mark_fit(theirs.id, Fit.OUT, desk.founding.user_id)
    assert "Aetna" not in desk.get(MISSING).text
    assert "Aetna" in desk.get(MISSING, client).text
