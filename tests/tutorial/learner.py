"""Somebody who follows docs/tutorial.md: takes its commands from the page and types them into a terminal."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from outreach_kit.places import CHECKOUT

TEXT: Final = (CHECKOUT / "docs/tutorial.md").read_text(encoding="utf-8")
_PYTHON: Final = ".venv/bin/python"
_PATIENCE_S: Final = 90.0


def blocks(language: str) -> list[str]:
    """What stands between fences of the language, in the order of the page."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def as_powershell(block: str) -> str:
    """What somebody on Windows types for the same."""
    told = re.sub(r"^export (\w+)=(.*)$", r'$env:\1 = "\2"', block, flags=re.MULTILINE)
    told = told.replace("python3 -m venv", "py -m venv").replace(_PYTHON, ".venv\\Scripts\\python")
    return told.replace("~/", "$HOME\\")


class Terminal:
    """A program that sees a terminal; what it says is read until it says what is waited for."""

    def __init__(self, script: str, env: Mapping[str, str]) -> None:
        self._own, theirs = pty.openpty()
        self._process = subprocess.Popen(
            ["/bin/sh", "-e", "-c", script],
            env=env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.said = ""
        self._seen = 0

    def wait_for(self, words: str) -> str:
        """Everything up to and with `words` that was not waited for before."""
        end = time.monotonic() + _PATIENCE_S
        while words not in self.said[self._seen :]:
            assert time.monotonic() < end, f"it never said {words!r}:\n{self.said}"
            assert self._read(), f"it ended before it said {words!r}:\n{self.said}"
        begin, self._seen = self._seen, self.said.index(words, self._seen) + len(words)
        return self.said[begin : self._seen]

    def answer(self, question: str, answer: str) -> None:
        self.wait_for(question)
        os.write(self._own, f"{answer}\n".encode())

    def end(self) -> str:
        """All that it said, once it has ended by itself, and well."""
        while self._read():
            pass
        assert self._process.wait(_PATIENCE_S) == 0, self.said
        return self.said

    def press_ctrl_c(self) -> int:
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(_PATIENCE_S)

    def close(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(_PATIENCE_S)
        os.close(self._own)

    def _read(self) -> bool:
        """Whether there was something; a terminal whose program has ended gives an error instead."""
        try:
            got = os.read(self._own, 4096)
        except OSError:
            return False
        self.said += got.decode(errors="replace").replace("\r\n", "\n")
        return bool(got)


@dataclass
class Learner:
    """`home` is theirs, with the program's folder in it; `env` is what no page can know beforehand."""

    home: Path
    env: Mapping[str, str]
    left: list[str] = field(default_factory=lambda: "".join(blocks("sh")).splitlines())
    """Commands of the page that were not typed yet."""
    settings: str = ""
    terminals: list[Terminal] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.home / "warm-handoff").symlink_to(CHECKOUT)
        self._begin = self._take(lambda one: one.startswith("cd "))

    def set(self, **values: str) -> None:
        """Types the block of settings, with what the page says to put in one's own of."""
        block = "\n".join(self._take(lambda one: one.startswith("export ")))
        for placeholder, value in values.items():
            line = re.compile(rf"(?<=export {placeholder}=).*")
            assert line.search(block), placeholder
            block = line.sub(value, block)
        self.settings = block

    def type(self, ending: str) -> Terminal:
        """The one command of the page that ends so."""
        (command,) = self._take(lambda one: one.endswith(ending))
        assert command.startswith(_PYTHON)
        typed = command.replace(_PYTHON, f"'{sys.executable}'", 1)
        script = "\n".join((*self._begin, self.settings, f"exec {typed}"))
        kept = {name: value for name, value in os.environ.items() if "HANDOFF_" not in name}
        terminal = Terminal(script, {**kept, "HOME": str(self.home), **self.env})
        self.terminals.append(terminal)
        return terminal

    def leave(self) -> None:
        for terminal in self.terminals:
            terminal.close()

    def _take(self, wanted: Callable[[str], bool]) -> list[str]:
        found = [one for one in self.left if wanted(one)]
        self.left = [one for one in self.left if one not in found]
        return found
