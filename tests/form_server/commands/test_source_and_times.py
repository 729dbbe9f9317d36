"""The two commands that fill what the forms offer, run as a person runs them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from form_server.commands import handoff
from form_server.commands.source import RowsRefused
from form_server.ledger import (
    CodeTaken,
    FirstCallGone,
    InboxKey,
    Ledger,
    NewInbox,
    NotFound,
    TimeHeld,
)
from form_server.ledger.errors import CodeUsed
from form_server.tabular import TableRefused
from form_server.vault import KeyPair
from outreach_kit.errors import UsageError
from outreach_kit.places import SAMPLE_PRACTICE
from tests.form_server.ledger.things import accept_one, establish


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    made = {
        "HANDOFF_PRACTICE": str(SAMPLE_PRACTICE),
        "HANDOFF_VAR": str(tmp_path),
        "HANDOFF_URL": "https://refer.harborstreet.example",
    }
    with ledger_of(made) as ledger:
        ledger.migrate()
    return made


def ledger_of(env: dict[str, str]) -> Ledger:
    return Ledger.open(f"sqlite:///{env['HANDOFF_VAR']}/handoff.db")


def run(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(handoff, words, env=env)


def test_a_new_source_comes_with_its_links(env: dict[str, str]) -> None:
    done = run(env, "source", "add", "k7m2xq", "Mill Road Family Medicine")
    assert done.exit_code == 0, done.output
    assert "https://refer.harborstreet.example/refer?source=k7m2xq" in done.output
    assert "https://refer.harborstreet.example/hello?source=k7m2xq" in done.output
    assert "k7m2xq  Mill Road Family Medicine (office)" in run(env, "source", "list").output


def test_a_poster_is_listed_as_one(env: dict[str, str]) -> None:
    run(env, "source", "add", "wall", "Library", "--kind", "directory", "--poster")
    assert "wall  Library (directory, on a poster)" in run(env, "source", "list").output


def test_a_code_that_cannot_be_printed_or_is_taken_is_refused(env: dict[str, str]) -> None:
    assert isinstance(run(env, "source", "add", "no code", "X").exception, UsageError)
    run(env, "source", "add", "k7", "Mill Road")
    assert isinstance(run(env, "source", "add", "K7", "Another").exception, CodeTaken)


def test_a_code_that_the_desk_takes_for_a_page_is_refused(env: dict[str, str]) -> None:
    assert isinstance(run(env, "source", "add", "New", "An office").exception, UsageError)
    assert "New" not in run(env, "source", "list").output


def test_a_mistyped_code_is_removed_and_a_used_one_stays(env: dict[str, str]) -> None:
    run(env, "source", "add", "k7m2", "Mill Rod")
    run(env, "source", "add", "q4z9", "Lakeside Pediatrics")
    with ledger_of(env) as ledger:
        establish(ledger)
        accept_one(ledger, source="q4z9")

    assert "k7m2 (Mill Rod) is no code any more" in run(env, "source", "remove", "K7M2").output
    assert isinstance(run(env, "source", "remove", "q4z9").exception, CodeUsed)
    assert isinstance(run(env, "source", "remove", "none").exception, NotFound)
    assert run(env, "source", "list").output == "q4z9  Lakeside Pediatrics (office)\n"


def test_a_list_of_offices_is_added_once(env: dict[str, str], tmp_path: Path) -> None:
    offices = tmp_path / "offices.csv"
    offices.write_text("code,name\nk7,Mill Road\nq4,Lakeside Pediatrics\n")
    assert "2 added, 0 known already." in run(env, "source", "import", str(offices)).output
    assert "0 added, 2 known already." in run(env, "source", "import", str(offices)).output
    offices.write_text("name\nMill Road\nHill Street Clinic\n")
    assert "1 added, 1 known already." in run(env, "source", "import", str(offices)).output
    offices.write_text("code,town\nk7,Alder Falls\n")
    assert isinstance(run(env, "source", "import", str(offices)).exception, TableRefused)
    assert isinstance(run(env, "source", "import", "nothing.csv").exception, UsageError)


def test_a_dry_run_says_what_each_row_would_change_and_changes_nothing(
    env: dict[str, str], tmp_path: Path
) -> None:
    offices = tmp_path / "offices.csv"
    offices.write_text("Office,Phone,Colour\nMill Road,12,green\nLakeside,(360) 555-0177,\n")
    said = run(env, "source", "import", str(offices), "--dry-run").output
    assert "row 2  wrong  Mill Road: Phone: Write it with area code" in said
    assert "row 3  new  Lakeside: Office, under the code" in said
    assert "Columns that are left out: Colour." in said
    assert "1 added, 0 known already, 1 wrong. Nothing was changed" in said
    assert "No source has a code yet" in run(env, "source", "list").output


def test_a_wrong_row_stops_a_file_until_it_is_left_out(env: dict[str, str], tmp_path: Path) -> None:
    offices = tmp_path / "offices.csv"
    wrong = "\n".join(f"Office {n},12" for n in range(30))
    offices.write_text(f"Office,Phone\n{wrong}\nLakeside,(360) 555-0177\n")
    refused = run(env, "source", "import", str(offices)).exception
    assert isinstance(refused, RowsRefused)
    assert "30 of 31 rows are wrong" in str(refused)
    assert "row 2  wrong" in str(refused)
    assert "and 10 more rows" in str(refused)
    assert "No source has a code yet" in run(env, "source", "list").output
    done = run(env, "source", "import", str(offices), "--skip-wrong")
    assert "1 added, 0 known already, 30 wrong." in done.output


def test_notes_of_an_address_book_are_sealed_to_an_inbox(
    env: dict[str, str], tmp_path: Path
) -> None:
    cards = tmp_path / "cards.vcf"
    cards.write_text(
        "BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Mill Road\nNOTE:Kind people\nEND:VCARD\n"
    )
    assert isinstance(run(env, "source", "import", str(cards)).exception, UsageError), (
        "no inbox yet"
    )
    with ledger_of(env) as ledger:
        establish(ledger)
        key = KeyPair.generate().public.to_bytes()
        ledger.inboxes.add(
            NewInbox("inbox-2", "Front desk", None),
            InboxKey("inbox-2", 1, key),
            [],
            actor="command",
        )
    assert isinstance(run(env, "source", "import", str(cards)).exception, UsageError), "which one?"
    done = run(env, "source", "import", str(cards), "--inbox", "Front desk")
    assert "1 added" in done.output, done.exception
    with ledger_of(env) as ledger:
        (card,) = ledger.address_book.all()
        (note,) = ledger.visits.of(card.code)
        assert note.note is not None
        assert (note.note.inbox_id, b"Kind" in note.note.sealed) == ("inbox-2", False)


def test_what_is_exported_is_taken_in_again(env: dict[str, str], tmp_path: Path) -> None:
    run(env, "source", "add", "k7", "Mill Road, “upstairs”")
    run(env, "source", "add", "q4", "=Lakeside")
    saved = tmp_path / "saved.csv"
    assert "2 sources." in run(env, "source", "export", str(saved)).output
    assert "'=Lakeside" in saved.read_text(encoding="utf-8-sig")
    assert "0 added, 2 known already." in run(env, "source", "import", str(saved)).output
    assert isinstance(run(env, "source", "export", str(saved)).exception, UsageError)
    assert "Mill Road" in run(env, "source", "export").output


def test_times_are_held_on_the_practices_clock(env: dict[str, str]) -> None:
    done = run(env, "times", "add", "2099-11-24 14:30", "2099-07-24 09:00")
    assert done.exit_code == 0, done.output
    with ledger_of(env) as ledger:
        coming = ledger.first_calls.coming()
    assert [one.starts_at.isoformat() for one in coming] == [
        "2099-07-24T16:00:00+00:00",
        "2099-11-24T22:30:00+00:00",
    ]
    assert {one.clinician for one in coming} == {"nora-ellison"}
    assert "Tue 2099-11-24 14:30  nora-ellison  free" in run(env, "times", "list").output


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("tomorrow", "is no time"),
        ("2099-02-30 09:00", "is no time"),
        ("2099-11-24", "is no time"),
        ("2020-01-01 09:00", "has passed"),
        ("2027-03-14 02:30", "never comes"),
        ("9999-12-31 23:59", "is no time"),
        ("0001-01-01 00:00", "has passed"),
    ],
)
def test_a_time_that_nobody_could_keep_is_refused(
    env: dict[str, str], when: str, said: str
) -> None:
    refused = run(env, "times", "add", "2099-11-24 14:30", when).exception
    assert isinstance(refused, UsageError)
    assert said in str(refused)
    assert "No time is held." in run(env, "times", "list").output, "not even the good one"


def test_a_time_is_held_once_and_given_up_while_free(env: dict[str, str]) -> None:
    run(env, "times", "add", "2099-11-24 14:30")
    assert isinstance(run(env, "times", "add", "2099-11-24 14:30").exception, TimeHeld)
    with ledger_of(env) as ledger:
        (held,) = ledger.first_calls.free(dt.datetime.now(dt.UTC))
    assert run(env, "times", "remove", held.id).exit_code == 0
    assert "No time is held." in run(env, "times", "list").output
    assert not isinstance(run(env, "times", "remove", held.id).exception, FirstCallGone)


def test_a_stranger_is_no_clinician(env: dict[str, str]) -> None:
    refused = run(env, "times", "add", "2099-11-24 14:30", "--clinician", "somebody").exception
    assert isinstance(refused, UsageError)
    assert "nora-ellison" in str(refused)
