"""The checks behind the desk's button: found in the desk's own words, and none ends the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.doctor.at_the_desk import make_examiner
from form_server.doctor.domain import NoAnswer
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
