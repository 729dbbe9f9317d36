from __future__ import annotations

import shutil
import sqlite3

from tests.form_server.office.house import House


def checks(house: House) -> tuple[int, dict[str, str]]:
    answer = house.client.get("/readyz")
    assert answer.json is not None
    return answer.status_code, answer.json["checks"]


def test_a_whole_server_is_alive_and_ready(house: House) -> None:
    house.services.worker_alive = lambda: True

    assert house.client.get("/healthz").json == {"status": "ok"}
    assert checks(house) == (200, {"ledger": "ok", "disk": "ok", "worker": "ok"})


def test_a_form_on_any_website_may_see_that_the_server_lives_and_nothing_else(
    house: House,
) -> None:
    """So it can tell this server from a gateway that answers for a dead one."""
    stranger = {"Origin": "https://stranger.example"}
    alive = house.client.get("/healthz", headers=stranger)

    assert alive.headers["Access-Control-Allow-Origin"] == "*"
    assert (
        "Access-Control-Allow-Origin" not in house.client.get("/readyz", headers=stranger).headers
    )


def test_being_ready_means_having_committed_something(house: House) -> None:
    before = house.ledger.meta.get("last_commit_at")
    checks(house)

    assert house.ledger.meta.get("last_commit_at") != before


def test_a_worker_that_died_is_not_ready_and_still_alive(house: House) -> None:
    house.services.worker_alive = lambda: False

    status, found = checks(house)

    assert (status, found["worker"]) == (503, "not running")
    assert house.client.get("/healthz").status_code == 200


def test_a_worker_in_another_process_is_not_asked_for(house: House) -> None:
    assert house.services.worker_alive is None
    assert checks(house)[0] == 200


def test_a_ledger_that_cannot_commit_is_not_ready_and_still_alive(house: House) -> None:
    with sqlite3.connect(house.settings.var / "handoff.db") as other:
        other.execute("DROP TABLE meta")
    other.close()

    status, found = checks(house)

    assert (status, found["ledger"]) == (503, "cannot commit")
    assert house.client.get("/healthz").status_code == 200


def test_a_state_folder_that_is_gone_is_not_ready(house: House) -> None:
    shutil.rmtree(house.settings.var)

    status, found = checks(house)

    assert (status, found["disk"]) == (503, "cannot be read")
