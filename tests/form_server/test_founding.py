from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from form_server.founding import AlreadyFounded, Founding, found
from form_server.ledger import Channel, Grant, HolderKind, Ledger, Role
from form_server.vault import (
    Binding,
    GrantBinding,
    PassphraseRefused,
    PrivateKey,
    PublicKey,
    RecoverySecret,
    open_sealed,
    seal,
    unlock,
    unwrap_key,
)
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import Practice, load_practice

EMAIL = "nora@harborstreet.example"


@pytest.fixture(scope="module")
def practice() -> Practice:
    return load_practice(SAMPLE_PRACTICE)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as opened:
        opened.migrate()
        yield opened


@pytest.fixture
def founding(ledger: Ledger, practice: Practice) -> Founding:
    return found(ledger, practice, name="Nora Ellison", email=" Nora@HarborStreet.example ")


def sealed(ledger: Ledger, inbox_id: str) -> bytes:
    key = ledger.inboxes.active_key(inbox_id)
    about = Binding(ledger.meta.instance_id(), "referral", inbox_id, key.version)
    return seal(b"what the office said", PublicKey.from_bytes(key.public_key), about)


def opened(ledger: Ledger, envelope: bytes, grant: Grant, key: PrivateKey) -> bytes:
    """The envelope by way of one grant, as the desk opens it."""
    instance = ledger.meta.instance_id()
    about = GrantBinding(instance, grant.inbox_id, grant.version, grant.holder_id)
    inbox_key = unwrap_key(grant.wrapped_key, key, about)
    return open_sealed(
        envelope, inbox_key, Binding(instance, "referral", grant.inbox_id, grant.version)
    )


def user_key(ledger: Ledger, user_id: str, passphrase: str) -> PrivateKey:
    user = ledger.people.user(user_id)
    return PrivateKey.from_bytes(unlock(user.locked_private_key, passphrase, about=user_id))


def test_the_six_words_open_what_is_sealed_to_the_inbox(ledger: Ledger, founding: Founding) -> None:
    (grant,) = ledger.inboxes.grants_for(HolderKind.USER, founding.user_id)
    key = user_key(ledger, founding.user_id, founding.passphrase)

    assert len(founding.passphrase.split()) == 6
    said = opened(ledger, sealed(ledger, founding.inbox_id), grant, key)
    assert said == b"what the office said"


def test_the_recovery_sheet_opens_it_too(ledger: Ledger, founding: Founding) -> None:
    recovery = ledger.people.recovery_key()
    assert recovery is not None
    sheet = RecoverySecret.parse(" ".join(founding.recovery.groups))
    key = PrivateKey.from_bytes(sheet.unlock(recovery.locked_private_key, about=recovery.id))
    (grant,) = ledger.inboxes.grants_for(HolderKind.RECOVERY, recovery.id)

    said = opened(ledger, sealed(ledger, founding.inbox_id), grant, key)
    assert said == b"what the office said"


def test_other_words_open_nothing(ledger: Ledger, founding: Founding) -> None:
    with pytest.raises(PassphraseRefused):
        user_key(ledger, founding.user_id, "six words that are wrong here")


def test_the_only_clinician_has_the_inbox_and_the_owner_its_notices(
    ledger: Ledger, founding: Founding
) -> None:
    inbox = ledger.inboxes.for_clinician("nora-ellison")
    (recipient,) = ledger.inboxes.recipients(founding.inbox_id)
    (user,) = ledger.people.users()

    assert (inbox.id, inbox.name) == (founding.inbox_id, "Nora Ellison")
    assert (recipient.channel, recipient.address) == (Channel.EMAIL, EMAIL)
    assert (recipient.user_id, user.email, user.role) == (user.id, EMAIL, Role.OWNER)


def test_a_group_begins_with_its_front_desk(
    ledger: Ledger, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Practice, "is_group", True)
    founding = found(ledger, practice, name="Nora", email=EMAIL)

    inbox = ledger.inboxes.get(founding.inbox_id)
    assert (inbox.name, inbox.clinician) == (practice.name, None)


def test_founding_twice_changes_nothing(
    ledger: Ledger, practice: Practice, founding: Founding
) -> None:
    with pytest.raises(AlreadyFounded, match="recovery sheet"):
        found(ledger, practice, name="Somebody Else", email="else@harborstreet.example")

    assert [user.id for user in ledger.people.users()] == [founding.user_id]
    assert len(ledger.inboxes.all()) == 1


def test_neither_secret_is_in_the_ledger_or_in_a_repr(
    ledger: Ledger, founding: Founding, tmp_path: Path
) -> None:
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert len(stored) > 10_000
    for secret in (founding.passphrase.encode(), founding.recovery.to_bytes()):
        assert secret not in stored
    assert founding.passphrase not in repr(founding)
    assert founding.recovery.groups[0] not in repr(founding)
