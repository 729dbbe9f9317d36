"""Values out of the environment: read by kind, with everything that is wrong remembered.

Every name begins with HANDOFF_; what is secret can also stand in a file named by NAME_FILE. An empty
value counts as not set.
"""

from __future__ import annotations

import difflib
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from outreach_kit.errors import UsageError

PREFIX: Final = "HANDOFF_"
_ON: Final = frozenset({"1", "true", "yes", "on"})
_OFF: Final = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, order=True)
class SettingProblem:
    """One setting that cannot stand; `what` never quotes a secret."""

    name: str
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.name}: {self.what} {self.todo}"


class SettingsError(UsageError):
    """The environment does not describe an installation that can run; `problems` is never empty."""

    def __init__(self, problems: Iterable[SettingProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Reader:
    """Takes values out of a mapping and remembers what was wrong with them, and which it knows."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._known: set[str] = set()
        self.problems: list[SettingProblem] = []

    def complain(self, name: str, what: str, todo: str) -> None:
        self.problems.append(SettingProblem(PREFIX + name, what, todo))

    def given(self) -> list[str]:
        """Names with a value, without the prefix."""
        return [
            name.removeprefix(PREFIX)
            for name, value in self._env.items()
            if name.startswith(PREFIX) and value.strip()
        ]

    def is_unset(self, name: str) -> bool:
        return not self._env.get(PREFIX + name, "").strip()

    def text(self, name: str) -> str:
        self._known.add(PREFIX + name)
        value = self._env.get(PREFIX + name, "").strip()
        if not value.isprintable():
            self.complain(name, "A line break or control character stands in it.", "Remove it.")
            return ""
        return value

    def secret(self, name: str) -> str:
        """The value itself, or what stands in the file that NAME_FILE names."""
        value, file = self.text(name), self.text(f"{name}_FILE")
        if not file:
            return value
        if value:
            self.complain(name, f"HANDOFF_{name}_FILE is set too.", "Keep one of the two.")
        try:
            return Path(file).expanduser().read_text("utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text"
            self.complain(
                f"{name}_FILE", f"{file} cannot be read ({reason}).", "Give a file that can."
            )
            return ""

    def number(self, name: str, default: int, low: int, high: int) -> int:
        raw = self.text(name)
        if not raw:
            return default
        if raw.isascii() and raw.isdigit() and len(raw) < 10 and low <= int(raw) <= high:
            return int(raw)
        self.complain(name, f"“{raw}” is out of range.", f"Set a number from {low} to {high}.")
        return default

    def switch(self, name: str) -> bool:
        raw = self.text(name).lower()
        if raw and raw not in _ON | _OFF:
            self.complain(name, f"“{raw}” is neither yes nor no.", "Set it to 1 or 0.")
        return raw in _ON

    def choice(self, name: str, choices: list[str]) -> str:
        """One of the choices; the first when nothing, or nothing that is one, is given."""
        raw = self.text(name).lower()
        if raw and raw not in choices:
            self.complain(name, f"“{raw}” is no choice.", f"Set it to {' or '.join(choices)}.")
        return raw if raw in choices else choices[0]

    def path(self, name: str, default: Path, *, must_be_file: bool = False) -> Path:
        raw = self.text(name)
        path = Path(raw).expanduser().absolute() if raw else default
        if must_be_file and not path.is_file():
            self.complain(name, f"There is no file {path}.", "Give the path of one.")
        return path

    def web_addresses(self, name: str, *, bare: bool) -> list[str]:
        found = self.text(name).replace(",", " ").split()
        for one in found:
            if not is_web_address(one, bare=bare):
                shape = "https://www.example.org" + ("" if bare else "/thanks")
                self.complain(
                    name, f"“{one}” is not a secure web address.", f"Write it like {shape}."
                )
        return [one.rstrip("/") if bare else one for one in found]

    def refuse_unknown(self) -> None:
        for name in sorted(self._env):
            if name.startswith(PREFIX) and name not in self._known:
                near = difflib.get_close_matches(name, self._known, n=1, cutoff=0.7)
                todo = f"Did you mean {near[0]}?" if near else "Remove it."
                self.problems.append(SettingProblem(name, "There is no such setting.", todo))


def is_loopback(host: str) -> bool:
    """Whether the name or address means this very machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_web_address(raw: str, *, bare: bool) -> bool:
    """Whether it begins with https (http on this machine); `bare` allows nothing after the host."""
    try:
        parts = urlsplit(raw)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    schemes = {"https", "http"} if is_loopback(host) else {"https"}
    wrong = not host or parts.scheme not in schemes or "@" in parts.netloc or "\\" in raw
    if bare:
        wrong = wrong or parts.path not in {"", "/"} or bool(parts.query or parts.fragment)
    return not wrong and not any(char.isspace() for char in raw)
