"""The switches over the environment: what holds, what is not understood, and who follows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from form_server.housekeeping import follow_practice
from form_server.ledger import DeliveryKind, Ledger
from form_server.settings import ClockSettings, Forward, MailSettings, Often, Settings
from form_server.switches import (
    DIGEST,
    DRILL,
    FORWARD,
    RECEIPTS,
    RETENTION,
    CurrentSwitches,
    Switches,
    days_of,
    lay_over,
)
from form_server.whole_mail import WholeMail
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.desk.stage import MovableClock
from tests.form_server.office.house import ENOUGH, House, build_house, draw_blueprint

_URL = "https://refer.example.org"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", clock=MovableClock()) as ledger:
        ledger.migrate()
        yield ledger


def settings(folder: Path, *, use_tls: bool = True) -> Settings:
    mail = MailSettings("smtp.example", 587, "desk@example.org", use_tls=use_tls)
    return Settings(SAMPLE_PRACTICE, folder, "sqlite:///unused.db", _URL, mail=mail)


def test_what_is_set_lies_over_the_environment_and_leaves_the_rest(
    ledger: Ledger, tmp_path: Path
) -> None:
    current = CurrentSwitches(settings(tmp_path), ledger)
    assert current() == Switches(ClockSettings())

    for name, text in ((RETENTION, "84"), (DIGEST, "weekly 9"), (RECEIPTS, "off")):
        ledger.desk_settings.put(name, text, actor="test")
    current.forget()

    assert current().clock == ClockSettings(Often.WEEKLY, 9, drill=True, retention_days=2557)
    assert not current().sends_receipts
    assert current.default.sends_receipts


def test_a_change_by_another_process_holds_after_a_second(ledger: Ledger, tmp_path: Path) -> None:
    now_s = [100.0]
    current = CurrentSwitches(settings(tmp_path), ledger, lambda: now_s[0])
    assert current().clock.drill

    ledger.desk_settings.put(DRILL, "off", actor="test")
    assert current().clock.drill
    now_s[0] += 1.0

    assert not current().clock.drill


@pytest.mark.parametrize("text", ["-1", "many", "99999"])
def test_what_is_not_understood_leaves_the_default(text: str) -> None:
    default = Switches(ClockSettings(retention_days=400))

    assert lay_over(default, {RETENTION: text, DRILL: text, DIGEST: text}) == default


@pytest.mark.parametrize(("months", "days"), [(0, 0), (1, 31), (12, 366), (84, 2557)])
def test_months_are_never_fewer_days_than_they_have(months: int, days: int) -> None:
    assert days_of(months) == days


@pytest.mark.parametrize("use_tls", [True, False])
def test_the_desk_never_sends_whole_referrals_over_an_open_line(
    ledger: Ledger, tmp_path: Path, *, use_tls: bool
) -> None:
    ledger.desk_settings.put(FORWARD, "full", actor="test")

    now = CurrentSwitches(settings(tmp_path, use_tls=use_tls), ledger)()

    assert now.forward is (Forward.FULL if use_tls else Forward.NOTICE)


def test_whole_mail_asks_for_what_the_desk_says(ledger: Ledger, tmp_path: Path) -> None:
    clock = MovableClock()
    chosen = settings(tmp_path)
    before = WholeMail.of(chosen, ledger, lambda: clock().tzinfo, clock)  # type: ignore[arg-type, return-value]
    assert not before.is_locked()

    ledger.desk_settings.put(FORWARD, "full", actor="test")
    after = WholeMail.of(chosen, ledger, before.zone, clock)

    assert after.is_locked()
    assert not after.is_open()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    house = build_house(draw_blueprint(folder / "founded"), folder / "var")
    yield house
    house.services.close()


def standing(house: House) -> dict[str, datetime]:
    """What recurs, and when next."""
    kinds = [DeliveryKind.DIGEST, DeliveryKind.DRILL, DeliveryKind.RETENTION]
    far = house.clock.now + timedelta(days=60)
    return {one.kind.value: one.due_at for one in house.ledger.agenda.due(far, kinds)}


def test_the_running_clockwork_follows_the_switches(house: House) -> None:
    switches = CurrentSwitches(house.settings, house.ledger)
    work = follow_practice(house.services, switches)
    put = house.ledger.desk_settings.put
    work()
    assert set(standing(house)) == {"digest", "drill"}

    for name, text in ((DRILL, "off"), (RETENTION, "12"), (DIGEST, "daily 15")):
        put(name, text, actor="test")
    switches.forget()
    work()

    assert set(standing(house)) == {"digest", "retention"}
    zone = house.services.practice.time_zone
    assert standing(house)["digest"].astimezone(zone).hour == 15

    put(DIGEST, "off 7", actor="test")
    put(DRILL, None, actor="test")
    switches.forget()
    work()

    assert set(standing(house)) == {"drill", "retention"}


def test_an_office_is_mailed_no_receipt_while_receipts_are_off(house: House) -> None:
    house.ledger.desk_settings.put(RECEIPTS, "off", actor="test")
    form = {**ENOUGH, "referrer_email": "ana@alderfalls.example"}

    assert house.client.post("/referrals", data=form).status_code == 303

    (referral,) = house.referrals()
    kinds = {one.kind for one in house.ledger.deliveries.of_referral(referral.id)}
    assert DeliveryKind.NOTICE in kinds
    assert DeliveryKind.ACKNOWLEDGEMENT not in kinds
