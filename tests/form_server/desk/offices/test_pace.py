"""How often each tier is visited: shown, changed within the rules, and kept from who may not."""

from __future__ import annotations

from form_server.keys import Keyholder, accept, invite
from form_server.ledger import Role
from form_server.rounds import read_pace
from outreach_kit.outreach.follow_up import Rhythm
from tests.form_server.desk.offices.book import alder, seen, send
from tests.form_server.desk.stage import Stage

PACE = "/desk/offices/pace"


def pace(desk: Stage) -> Rhythm:
    return read_pace(desk.ledger.desk_settings.all())


def test_it_is_three_months_until_somebody_sets_it(desk: Stage) -> None:
    assert PACE in desk.get("/desk/offices").text
    assert desk.get(PACE).text.count('value="90"') == 3


def test_a_new_rhythm_holds_for_the_offices_of_its_tier(desk: Stage) -> None:
    code = alder(desk, tier="a")
    seen(desk, code, 65)
    assert "Next visit" in desk.get(f"/desk/offices/{code}").text
    answer = send(desk, PACE, PACE, {"a": "60", "b": "90", "c": "180"})
    assert answer.location == f"{PACE}?done=saved"
    assert pace(desk) == Rhythm(60, 90, 180)
    assert "Due since" in desk.get(f"/desk/offices/{code}").text
    assert "setting.changed" in desk.actions()


def test_what_would_nag_or_forget_is_refused(desk: Stage) -> None:
    for days in ("59", "181", "", "x", "²"):
        answer = send(desk, PACE, PACE, {"a": "75", "b": days, "c": "90"})
        assert answer.status_code == 422, days
        assert "Nothing was saved yet" in answer.text
        assert 'value="75"' in answer.text
    assert pace(desk) == Rhythm()


def test_it_is_the_practices_and_no_clinicians_to_set(desk: Stage) -> None:
    ledger = desk.ledger
    nora = Keyholder.of_user(ledger.people.user(desk.founding.user_id), desk.user_key)
    invited = invite(
        ledger, nora, name="Sam", email="sam@x.example", role=Role.CLINICIAN,
        inbox_ids=[desk.founding.inbox_id], now=desk.clock(),
    )  # fmt: skip
    joined = accept(ledger, invited.secret.token)
    desk.client = desk.let_in(joined.user_id, joined.key)
    assert desk.get(PACE).status_code == 403
    assert PACE not in desk.get("/desk/offices").text
