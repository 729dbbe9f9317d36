"""Things that the vault's tests share: two key pairs, and a lock that is quick to open."""

from __future__ import annotations

import pytest

from form_server.vault import Cost, KeyPair


@pytest.fixture(scope="session")
def inbox() -> KeyPair:
    return KeyPair.generate()


@pytest.fixture(scope="session")
def another_inbox() -> KeyPair:
    return KeyPair.generate()


@pytest.fixture(scope="session")
def quick() -> Cost:
    return Cost(memory_kib=64, passes=1)
