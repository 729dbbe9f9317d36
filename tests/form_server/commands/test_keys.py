"""`user`, `inbox` and `sheet` as somebody at a terminal runs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from form_server.commands.inbox import command as inbox_command
from form_server.commands.sheet import command as sheet_command
from form_server.commands.user import command as user_command
from form_server.founding import Founding, found
from form_server.keys import open_sheet, open_user
from form_server.ledger import HolderKind, Ledger, Role
from form_server.vault import PassphraseRefused, RecoveryRefused
from outreach_kit.errors import HandoffError
from outreach_kit.places import SAMPLE_PRACTICE
from outreach_kit.practice import load_practice

OWNER = "nora@harborstreet.example"
SAM = "sam@harborstreet.example"
WORDS = re.compile(r"^ {4}((?:[a-z]+ ){5}[a-z]+)$", re.MULTILINE)


@dataclass
class Terminal:
    home: Path
    ledger: Ledger
    founding: Founding

    def user(self, *arguments: str, typed: str = "") -> Result:
        return self._run(user_command, arguments, typed)

    def inbox(self, *arguments: str, typed: str = "") -> Result:
        return self._run(inbox_command, arguments, typed)

    def sheet(self, *arguments: str, typed: str = "") -> Result:
        return self._run(sheet_command, arguments, typed)

    def _run(self, command: object, arguments: tuple[str, ...], typed: str) -> Result:
        env = {
            "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
            "HANDOFF_VAR": str(self.home / "var"),
        }
        return CliRunner().invoke(command, arguments, input=typed, env=env)  # type: ignore[arg-type]

    @property
    def words_file(self) -> str:
        file = self.home / "words.txt"
        file.write_text(f"{self.founding.passphrase}\n")
        return str(file)

    @property
    def sheet_file(self) -> str:
        file = self.home / "sheet.txt"
        file.write_text("\n".join(self.founding.recovery.groups))
        return str(file)

    def add_sam(self) -> str:
        """Their words."""
        done = self.user(
            "add", "--name", "Sam Rivera", "--email", SAM, "--passphrase-file", self.words_file
        )
        assert done.exit_code == 0, done.output
        return words_in(done)


def words_in(done: Result) -> str:
    found = WORDS.search(done.output)
    assert found, done.output
    return found[1]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    (tmp_path / "var").mkdir()
    with Ledger.open(f"sqlite:///{tmp_path / 'var/handoff.db'}") as ledger:
        ledger.migrate()
        practice = load_practice(SAMPLE_PRACTICE)
        founding = found(ledger, practice, name="Nora Ellison", email=OWNER)
        yield Terminal(tmp_path, ledger, founding)


def test_a_user_is_added_by_typed_words_which_are_not_echoed(terminal: Terminal) -> None:
    typed = terminal.founding.passphrase
    done = terminal.user("add", "--name", "Sam Rivera", "--email", SAM, typed=f"{typed}\n")

    assert done.exit_code == 0, done.output
    assert typed not in done.output
    sam = open_user(terminal.ledger, SAM, words_in(done))
    assert sam.role is Role.CLINICIAN
    assert len(terminal.ledger.inboxes.grants_for(HolderKind.USER, sam.id)) == 1


def test_wrong_words_add_nobody(terminal: Terminal) -> None:
    done = terminal.user("add", "--name", "S", "--email", SAM, typed="six wrong words\n")

    assert isinstance(done.exception, PassphraseRefused)
    assert len(terminal.ledger.people.users()) == 1


def test_no_command_takes_a_secret_as_an_argument() -> None:
    names = {
        option
        for group in (user_command, inbox_command)
        for one in group.commands.values()
        for parameter in one.params
        for option in parameter.opts
    }
    assert "--passphrase-file" in names
    assert not {"--passphrase", "--words", "--groups", "--token"} & names


def test_the_list_says_who_can_open_what(terminal: Terminal) -> None:
    terminal.add_sam()

    users, inboxes = terminal.user("list").output, terminal.inbox("list").output

    assert f"Sam Rivera <{SAM}>, clinician" in users
    assert "opens: Nora Ellison" in users
    assert "opened by Nora Ellison, Sam Rivera" in inboxes


def test_a_removed_user_is_out_and_the_lock_is_new(terminal: Terminal) -> None:
    words = terminal.add_sam()

    done = terminal.user("remove", SAM, "--passphrase-file", terminal.words_file)

    assert done.exit_code == 0, done.output
    assert "has a new key" in done.output
    terminal.ledger.inboxes.forget()
    assert terminal.ledger.inboxes.active_key(terminal.founding.inbox_id).version == 2
    with pytest.raises(PassphraseRefused):
        open_user(terminal.ledger, SAM, words)


def test_an_invitation_is_a_link_to_the_public_address(terminal: Terminal) -> None:
    done = terminal.user(
        "invite", "--name", "Sam", "--email", SAM, "--role", "owner",
        "--passphrase-file", terminal.words_file,
    )  # fmt: skip

    assert re.search(r"^ {4}http://127.0.0.1:8080/desk/invitations/[\w-]{43}$", done.output, re.M)
    assert f"Sam <{SAM}>, owner, invited until" in terminal.user("list").output


def test_lost_words_are_replaced_and_only_the_mistyped_group_is_asked_again(
    terminal: Terminal,
) -> None:
    groups = list(terminal.founding.recovery.groups)
    slip = groups[4][:-1] + ("0" if groups[4][-1] != "0" else "1")
    typed = "\n".join([*groups[:4], slip, *groups[5:], groups[4].lower().replace("-", " "), ""])

    done = terminal.user("recover", "--email", OWNER, typed=typed)

    assert done.exit_code == 0, done.output
    assert "Group 5 is not as on the sheet" in done.output
    assert open_user(terminal.ledger, OWNER, words_in(done)).id == terminal.founding.user_id
    with pytest.raises(PassphraseRefused):
        open_user(terminal.ledger, OWNER, terminal.founding.passphrase)


def test_the_sheet_stands_in_for_an_owner(terminal: Terminal) -> None:
    terminal.add_sam()
    done = terminal.user("remove", SAM, "--sheet-file", terminal.sheet_file)
    assert done.exit_code == 0, done.output


def test_an_inbox_of_its_own_and_who_can_open_it(terminal: Terminal) -> None:
    terminal.add_sam()
    by = ("--passphrase-file", terminal.words_file)
    made = terminal.inbox("add", "--front-desk", "--user", SAM, *by)
    assert made.exit_code == 0, made.output

    refused = terminal.inbox("grant", "front desk", "--to", OWNER, *by)
    assert isinstance(refused.exception, HandoffError)
    granted = terminal.inbox(
        "grant", "front desk", "--to", OWNER, "--sheet-file", terminal.sheet_file
    )
    assert granted.exit_code == 0, granted.output
    taken = terminal.inbox("ungrant", "Front desk", "--from", SAM, *by)
    assert "key 2 is in use" in taken.output
    rotated = terminal.inbox("rotate", "Front desk", *by)
    assert "key 3 is in use" in rotated.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--clinician", "nobody", "--user", OWNER], "no clinician “nobody”"),
        (["--user", OWNER], "either --clinician SLUG or --front-desk"),
        (["--front-desk", "--user", "x@else.example"], "Nobody signs in as x@else.example"),
        (["--clinician", "nora-ellison", "--user", OWNER], "receives those referrals already"),
    ],
)
def test_an_inbox_that_cannot_be_is_refused(
    terminal: Terminal, arguments: list[str], said: str
) -> None:
    done = terminal.inbox("add", *arguments, "--passphrase-file", terminal.words_file)

    assert said in str(done.exception)
    assert len(terminal.ledger.inboxes.all()) == 1


def test_a_new_sheet_is_on_paper_before_the_old_one_ends(terminal: Terminal) -> None:
    target = terminal.home / "new.pdf"

    done = terminal.sheet("--to", str(target), "--passphrase-file", terminal.words_file)

    assert done.exit_code == 0, done.output
    assert target.read_bytes().startswith(b"%PDF")
    assert target.stat().st_mode & 0o077 == 0
    with pytest.raises(RecoveryRefused):
        open_sheet(terminal.ledger, terminal.founding.recovery)


def test_a_new_sheet_that_cannot_be_is_not_left_lying(terminal: Terminal) -> None:
    terminal.add_sam()
    terminal.inbox("add", "--front-desk", "--user", SAM, "--passphrase-file", terminal.words_file)
    target = terminal.home / "new.pdf"

    done = terminal.sheet("--to", str(target), "--passphrase-file", terminal.words_file)

    assert "does not open all of: Front desk" in str(done.exception)
    assert not target.exists()
    assert open_sheet(terminal.ledger, terminal.founding.recovery).name


def test_the_second_step_of_a_lost_phone_ends_by_an_owner_or_by_the_sheet(
    terminal: Terminal,
) -> None:
    owner_id = terminal.founding.user_id
    by = {
        "words": ("--passphrase-file", terminal.words_file),
        "sheet": ("--sheet-file", terminal.sheet_file),
    }
    for options in by.values():
        terminal.ledger.second_factors.add_authenticator(owner_id, b"sealed", 1, actor="test")
        done = terminal.user("second-step", OWNER, *options)
        assert "six words alone again" in done.output
        assert terminal.ledger.second_factors.authenticator_of(owner_id) is None
    assert "had no second step" in terminal.user("second-step", OWNER, *by["sheet"]).output
