"""The checks behind the desk's button: found in the desk's own words, and none ends the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from form_server.doctor.at_the_desk import make_examiner
from form_server.doctor.domain import NoAnswer
from form_server.sender_look import last_look
from form_server.settings import MailSettings
from tests.form_server.office.house import House, build_house, draw_blueprint


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    house = build_house(draw_blueprint(folder / "founded"), folder / "var")
    yield house
    house.services.close()


def test_each_way_out_is_judged_though_nothing_answers(house: House) -> None:
    def look_up(name: str) -> tuple[str, ...]:
        raise NoAnswer(name)

    found = list(make_examiner(house.services, look_up)())

    subjects = [one.subject for one in found]
    assert {"server", "proxies", "mail server", "sender"} <= set(subjects)
    (mail,) = (one for one in found if one.subject == "mail server")
    assert mail.verdict == "fail"
    assert all(one.todo for one in found if one.verdict == "warn")


def test_what_was_found_of_the_sender_is_kept(build: Callable[..., House]) -> None:
    house = build(mail=MailSettings("127.0.0.1", 9, "referrals@harbor.org"))

    list(make_examiner(house.services, lambda _: ())())

    look = last_look(house.ledger, "harbor.org")
    assert look is not None
    assert [doubt.split()[1:3] for doubt in look.doubts] == [["does", "not"], ["has", "no"]]
