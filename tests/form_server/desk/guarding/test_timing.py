"""Whether a name exists cannot be told by how long a refusal takes, nor by what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from form_server.vault import Cost, passphrase
from form_server.vault.secret import Secret
from tests.form_server.desk.conftest import Founded
from tests.form_server.desk.stage import EMAIL, Stage, found_practice
from tests.form_server.locks import locking_in_earnest


@pytest.fixture(scope="module", autouse=True)
def in_earnest() -> Iterator[None]:
    with locking_in_earnest():
        yield


@pytest.fixture(scope="module")
def founded(in_earnest: None, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """One whose user's lock costs what locks cost."""
    path = tmp_path_factory.mktemp("founded") / "ledger.db"
    founding, user_key = found_practice(f"sqlite:///{path}")
    return path, founding, user_key


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> list[Cost]:
    """What each run of Argon2 cost; time itself would make a test that fails by chance."""
    runs: list[Cost] = []
    whole = passphrase._stretch

    def counted(typed: str, salt: bytes, cost: Cost) -> Secret:
        runs.append(cost)
        return whole(typed, salt, cost)

    monkeypatch.setattr(passphrase, "_stretch", counted)
    return runs


@pytest.mark.parametrize(
    "name", [EMAIL, "Nora Ellison, LICSW", "nobody@harborstreet.example", "Somebody Else", "'; --"]
)
def test_every_name_costs_the_same_argon2_work(
    stage: Stage, stretched: list[Cost], name: str
) -> None:
    answer = stage.try_to_sign_in("six words that are wrong here", name)
    assert answer.status_code == 422
    assert stretched == [Cost(memory_kib=64 * 1024, passes=3)]


def test_a_known_name_and_an_unknown_one_get_the_same_answer(stage: Stage) -> None:
    pages = []
    for name in (EMAIL, "nobody@harborstreet.example"):
        answer = stage.try_to_sign_in("six words that are wrong here", name)
        pages.append(answer.text.replace(name, ""))
    assert pages[0] == pages[1]


def test_a_name_that_has_a_second_step_is_refused_like_one_that_has_none(stage: Stage) -> None:
    before = stage.try_to_sign_in("six words that are wrong here").text
    stage.ledger.second_factors.add_authenticator(
        stage.founding.user_id, b"sealed", 1, actor="test"
    )
    assert stage.try_to_sign_in("six words that are wrong here").text == before
