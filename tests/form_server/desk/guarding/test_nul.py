"""PostgreSQL refuses a NUL with an error, so nothing that holds one gets as far as the ledger."""

from __future__ import annotations

import pytest

from tests.form_server.desk.guarding.ways import addresses
from tests.form_server.desk.stage import Stage


def test_nothing_lies_at_an_address_with_a_nul(desk: Stage) -> None:
    read = [one for one in addresses(desk) if one.method == "GET" and one.names]
    assert len(read) > 10
    for one in read:
        path = one.path(**dict.fromkeys(one.names, "a%00b"))
        if "%00" in path:
            assert desk.get(path).status_code in {404, 303 if one.is_open else 404}, path


@pytest.mark.parametrize("query", ["who=%00", "who=nora&who=a%00b"])
def test_nothing_is_asked_for_with_a_nul(desk: Stage, query: str) -> None:
    assert desk.get("/desk/record").status_code == 200
    assert desk.get(f"/desk/record?{query}").status_code == 404


def test_no_form_brings_one(desk: Stage) -> None:
    token = desk.csrf_token
    answer = desk.post("/desk/colleagues", {"csrf_token": token, "name": "Bea\0", "phone": "1"})
    assert answer.status_code == 400
    assert "type it again" in answer.text
    assert desk.ledger.colleagues.all() == []


def test_a_stranger_is_sent_to_the_door_first(stage: Stage) -> None:
    assert stage.get("/desk/offices/a%00b").status_code == 303
