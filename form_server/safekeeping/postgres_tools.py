"""PostgreSQL's own programs, pg_dump and pg_restore, as this host has them.

They are told where the database is by their arguments, and the password by a file for this account's
eyes: arguments are seen by everybody on a machine. What they complain of is told without the rows that
they may quote.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from form_server.ledger import Moment, ToolAddress
from outreach_kit.errors import MachineError

_DUMP: Final = "pg_dump"
_RESTORE: Final = "pg_restore"
_USUAL_PLACES: Final = (
    (Path("/usr/lib/postgresql"), "*/bin"),
    (Path("/usr"), "pgsql-*/bin"),
    (Path("/opt/homebrew/opt"), "*postgres*/bin"),
    (Path("/opt/homebrew/opt"), "libpq/bin"),
    (Path("/Applications/Postgres.app/Contents/Versions"), "*/bin"),
)
_VERSION: Final = re.compile(r"\b(\d+)(?:\.\d+)*")
_LONGEST_WORDS: Final = 300


class ToolsMissing(MachineError):
    """A backup of PostgreSQL is made by its own programs, and none here can make it."""

    def __init__(self, wanted: int, found: Mapping[Path, int], given: Path | None = None) -> None:
        self.wanted = wanted
        self.found = dict(found)
        newest = max(found, key=lambda one: found[one], default=None)
        what = (
            f"{newest} is of version {found[newest]}, which is older than the database's {wanted}"
            if newest
            else f"{_DUMP} and {_RESTORE} are not {f'in {given}' if given else 'on this machine'}"
        )
        super().__init__(
            f"{what}. Install PostgreSQL's client programs of version {wanted} (on Debian: apt-get "
            f"install postgresql-client-{wanted}), or name their folder in HANDOFF_POSTGRES_TOOLS."
        )


class ToolFailed(MachineError):
    """One of them ended with an error; `words` is what it said first."""

    def __init__(self, program: str, words: str) -> None:
        self.program = program
        self.words = words
        super().__init__(f"{program} failed: {words or 'it did not say why.'}")


@dataclass(frozen=True)
class PostgresTools:
    """`folder` has both programs, of `version`."""

    folder: Path
    version: int

    @classmethod
    def find(cls, given: Path | None, server_version: int) -> PostgresTools:
        """Of the server's own version if there are, else the oldest newer ones. Raises ToolsMissing.

        `given` is looked into alone.
        """
        found = {
            folder: version
            for folder in ([given] if given else _usual_folders())
            if (version := _version_in(folder)) is not None
        }
        fit = [one for one in found.items() if one[1] >= server_version]
        if not fit:
            raise ToolsMissing(server_version, found, given)
        return cls(*min(fit, key=lambda one: one[1]))

    def dump(self, address: ToolAddress, moment: Moment, target: Path) -> None:
        """The tables of that moment in `target`, a new file of mode 0600. Raises MachineError."""
        chosen = [f"--table={name}" for name in moment.tables]
        left_out = [f"--exclude-table-data={name}" for name in moment.short_lived]
        with _told(address) as environment, _new_file(target) as descriptor:
            self._run(
                _DUMP,
                ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment.snapshot}",
                 "--strict-names", *chosen, *left_out, "--no-password",
                 f"--dbname={address.words}"],
                environment, output=descriptor,
            )  # fmt: skip

    def bring_back(self, address: ToolAddress, dumped: Path) -> None:
        """All of the file into an empty database, or nothing of it. Raises MachineError."""
        with _told(address) as environment:
            self._run(
                _RESTORE,
                ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
                 "--no-password", f"--dbname={address.words}", str(dumped)],
                environment,
            )  # fmt: skip

    def _run(
        self,
        program: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        output: int = subprocess.DEVNULL,
    ) -> None:
        try:
            done = subprocess.run(  # noqa: S603 - a program of the host's, by its whole path
                [_program(self.folder, program) or program, *arguments],
                env=dict(environment), stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.PIPE, check=False,
            )  # fmt: skip
        except OSError as error:
            raise ToolFailed(program, error.strerror or str(error)) from error
        if done.returncode:
            raise ToolFailed(program, _first_words(done.stderr.decode("utf-8", "replace")))


def _usual_folders() -> list[Path]:
    on_path = shutil.which(_DUMP)
    elsewhere = (sorted(place.glob(pattern)) for place, pattern in _USUAL_PLACES)
    return [
        *([Path(on_path).parent] if on_path else []),
        *(one for some in elsewhere for one in some),
    ]


def _program(folder: Path, name: str) -> str | None:
    """Its whole path, with whatever ending this system's programs have."""
    return shutil.which(name, path=str(folder))


def _version_in(folder: Path) -> int | None:
    """The major version of the folder's programs; None where one of them is missing or will not run."""
    dump = _program(folder, _DUMP)
    if dump is None or _program(folder, _RESTORE) is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - as above
            [dump, "--version"], capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = _VERSION.search(done.stdout)
    return int(said[1]) if said and done.returncode == 0 else None


@contextmanager
def _told(address: ToolAddress) -> Iterator[dict[str, str]]:
    """An environment without our own settings, and with the password in a file for this account."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HANDOFF_")}
    plain["LC_ALL"] = "C"
    if not address.password:
        yield plain  # as psycopg itself: PGPASSWORD, ~/.pgpass or no password at all
        return
    plain.pop("PGPASSWORD", None)
    with tempfile.TemporaryDirectory(prefix="warm-handoff-") as folder:
        file = Path(folder) / "pgpass"
        escaped = address.password.replace("\\", "\\\\").replace(":", "\\:")
        with _new_file(file) as descriptor:
            os.write(descriptor, f"*:*:*:*:{escaped}\n".encode())
        yield {**plain, "PGPASSFILE": str(file)}


@contextmanager
def _new_file(place: Path) -> Iterator[int]:
    """For its owner alone, and on the disk at the end."""
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        yield descriptor
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _first_words(said: str) -> str:
    """The first complaint; the lines behind it (DETAIL, CONTEXT) would quote rows."""
    lines = [line.strip() for line in said.splitlines() if "error:" in line]
    return lines[0].partition("error:")[2].strip()[:_LONGEST_WORDS] if lines else ""
