"""The switches at the desk: set, undone, given back, and refused where something would be lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from form_server.desk.console import Handling, place_desk
from form_server.ledger import Outcome, Role
from form_server.ledger.agreements import NewAgreement, Purpose
from form_server.settings import ClockSettings, Forward, MailSettings, Settings
from form_server.switches import CurrentSwitches, Switches
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.desk.setup.test_menu import add_user
from tests.form_server.desk.stage import Stage, hidden

PAGE = "/desk/settings/switches"
HOST = "smtp.mail.example"


def switched(desk: Stage, folder: Path, *, use_tls: bool = True, days: int = 0) -> CurrentSwitches:
    """The stage with switches, over an environment with these words."""
    settings = Settings(
        SAMPLE_PRACTICE,
        folder,
        "sqlite:///unused.db",
        desk.origin,
        mail=MailSettings(HOST, 587, "desk@harborstreet.example", use_tls=use_tls),
        clock=ClockSettings(retention_days=days),
    )
    switches = CurrentSwitches(settings, desk.ledger)
    handling = Handling(mail_server=HOST, retention_days=days)
    place_desk(desk.app, replace(desk.desk, switches=switches, handling=handling))
    return switches


@pytest.fixture
def switches(desk: Stage, tmp_path: Path) -> CurrentSwitches:
    return switched(desk, tmp_path)


def post(desk: Stage, path: str, **typed: str) -> Any:
    token = hidden(desk.get(PAGE).text, "csrf_token")
    return desk.post(f"{PAGE}/{path}", {"csrf_token": token, **typed})


def now_of(switches: CurrentSwitches) -> Switches:
    switches.forget()
    return switches()


def close_one(desk: Stage) -> None:
    referral = desk.receive()
    desk.ledger.steps.close(referral.id, Outcome.WITHDRAWN, desk.founding.user_id)


def test_the_drill_goes_off_back_and_to_the_servers_own(
    desk: Stage, switches: CurrentSwitches
) -> None:
    assert post(desk, "drill", value="off").status_code == 303
    assert not now_of(switches).clock.drill
    page = desk.get(PAGE).text
    assert "The server’s own setting: On." in page

    assert post(desk, "drill/undo").status_code == 303
    assert now_of(switches).clock.drill
    assert post(desk, "drill/undo").status_code == 303
    assert not now_of(switches).clock.drill
    assert post(desk, "drill/default").status_code == 303
    assert now_of(switches) == switches.default
    assert desk.actions()[-4:] == ["setting.changed"] * 4


def test_the_summary_has_an_hour_and_an_impossible_one_is_refused(
    desk: Stage, switches: CurrentSwitches
) -> None:
    assert post(desk, "digest", value="weekly", hour="16").status_code == 303
    assert "Once a week at 4 PM." in desk.get(PAGE).text

    for typed in ({"value": "weekly", "hour": "24"}, {"value": "yearly", "hour": "9"}):
        assert post(desk, "digest", **typed).status_code == 422
    assert now_of(switches).clock.digest_hour == 16


def test_erasing_sooner_is_counted_and_takes_the_typed_word(
    desk: Stage, switches: CurrentSwitches
) -> None:
    close_one(desk)
    desk.come_back_after(days=400)

    asked = post(desk, "retention_months", value="12")
    assert asked.status_code == 422
    assert "One closed referral is that old today" in asked.text
    assert post(desk, "retention_months", value="12", confirm="yes").status_code == 422
    assert now_of(switches).clock.retention_days == 0

    assert post(desk, "retention_months", value="12", confirm=" Erase ").status_code == 303
    assert now_of(switches).clock.retention_days == 366
    assert "Erased 1\u00a0year after closing." in desk.get(PAGE).text
    assert "Tonight: 1." in desk.get(PAGE).text


def test_keeping_longer_asks_nothing_and_undoing_it_asks_again(
    desk: Stage, switches: CurrentSwitches
) -> None:
    post(desk, "retention_months", value="12", confirm="erase")
    assert post(desk, "retention_months", value="0").status_code == 303
    assert now_of(switches).clock.retention_days == 0

    back = post(desk, "retention_months/undo")

    assert back.status_code == 422
    assert now_of(switches).clock.retention_days == 0
    action = f'action="{PAGE}/retention_months"'
    assert action in back.text
    assert hidden(back.text, "value") == "12"


def test_the_servers_own_erasing_asks_for_the_word_too(desk: Stage, tmp_path: Path) -> None:
    switches = switched(desk, tmp_path, days=90)
    assert post(desk, "retention_months", value="0").status_code == 303

    assert post(desk, "retention_months/default").status_code == 422
    assert now_of(switches).clock.retention_days == 0
    assert post(desk, "retention_months/default", confirm="erase").status_code == 303
    assert now_of(switches).clock.retention_days == 90


@pytest.mark.parametrize("typed", ["", "-3", "1.5", "²", "1201", "99999999999"])
def test_what_is_no_number_of_months_is_refused(
    desk: Stage, switches: CurrentSwitches, typed: str
) -> None:
    assert post(desk, "retention_months", value=typed, confirm="erase").status_code == 422
    assert now_of(switches) == switches.default


def test_the_data_map_and_the_leaflet_follow(desk: Stage, switches: CurrentSwitches) -> None:
    del switches
    post(desk, "retention_months", value="24", confirm="erase")

    assert "Words go 2\u00a0years after closing" in desk.get("/desk/privacy/map").text


def agree(desk: Stage) -> None:
    new = NewAgreement(
        desk.ledger.new_id(), "Mail Co", Purpose.MAIL, date(2026, 1, 1), None, "Nora", HOST
    )
    desk.ledger.agreements.record(new, user_id=desk.founding.user_id)


def test_whole_referrals_by_mail_take_a_recorded_agreement(
    desk: Stage, switches: CurrentSwitches
) -> None:
    refused = post(desk, "forward", value="full")
    assert refused.status_code == 422
    assert f"no agreement with whoever runs {HOST} is recorded" in refused.text
    assert now_of(switches).forward is Forward.NOTICE

    agree(desk)

    assert post(desk, "forward", value="full").status_code == 303
    assert now_of(switches).forward is Forward.FULL


def test_an_open_line_is_refused_even_with_an_agreement(desk: Stage, tmp_path: Path) -> None:
    switches = switched(desk, tmp_path, use_tls=False)
    agree(desk)

    refused = post(desk, "forward", value="full")

    assert refused.status_code == 422
    assert "is not encrypted" in refused.text
    assert now_of(switches).forward is Forward.NOTICE


def test_a_desk_left_open_neither_erases_nor_sends_whole_referrals(
    desk: Stage, switches: CurrentSwitches
) -> None:
    agree(desk)
    desk.clock.advance(minutes=11)

    assert post(desk, "retention_months", value="1", confirm="erase").status_code == 403
    assert post(desk, "forward", value="full").status_code == 403
    assert now_of(switches) == switches.default
    assert post(desk, "drill", value="off").status_code == 303


def test_only_an_owner_sees_and_turns_them(desk: Stage, switches: CurrentSwitches) -> None:
    token = hidden(desk.get(PAGE).text, "csrf_token")
    user_id, pair = add_user(desk, Role.CLINICIAN)
    other = desk.let_in(user_id, pair.private)

    assert desk.get(PAGE, other).status_code == 403
    answer = desk.post(f"{PAGE}/drill", {"csrf_token": token, "value": "off"}, other)
    assert answer.status_code == 403
    assert now_of(switches) == switches.default


def test_a_switch_that_is_none_is_not_found(desk: Stage, switches: CurrentSwitches) -> None:
    assert post(desk, "hours", value="off").status_code == 404
    assert post(desk, "drill/undo").status_code == 404
    assert post(desk, "drill/default").status_code == 404
    assert now_of(switches) == switches.default
