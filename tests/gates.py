"""Every gate in order: lint, format, types, house rules, tests. The first that fails ends the run.

`python -m tests.gates` is what `make test` calls. With CI_FULL=1 no test may be skipped.

Reading types keeps one processor busy. Beside it every test is imported once, and what that compiles
is kept: else each process of tests compiles all of it again, which takes it half a minute.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

HERE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def tool(name: str, *arguments: str) -> list[str]:
    """A tool of this environment; the scripts beside the interpreter, so that PATH does not matter."""
    return [str(BIN / name), *arguments]


PYTEST: Final = (sys.executable, "-m", "pytest")
READING: Final = {
    "lint": tool("ruff", "check", "--quiet"),
    "format": tool("ruff", "format", "--quiet", "--check"),
    "types": tool("mypy"),
    "house rules": tool("lint-imports", "--no-logo"),
}
COLLECTION: Final = (*PYTEST, "--collect-only", "-qq")
TESTS: Final = (
    # Three on two processors: a test waits for a quarter of its time, for a browser or a server say.
    *(*PYTEST, "-n", "3", "--dist", "loadfile"),
    "--no-loadscope-reorder",  # by default files of few tests come last, and those are the long ones
    *("--cov", "--cov-report=term:skip-covered"),
)


# A server that a test starts would else compile every module it imports, which is most of its start.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


def main() -> int:
    if importlib.util.find_spec("pytest") is None:
        print(
            "The test tools are not installed. Run: python -m pip install -r requirements-test.txt"
        )
        return 1
    with tempfile.TemporaryFile() as said, beside(COLLECTION, said) as collecting:
        for name, command in READING.items():
            if code := run(name, command):
                return code
        if code := collecting.wait():
            said.seek(0)
            print(said.read().decode(errors="replace"))
            print("== the tests cannot be collected")
            return code
    return run("tests", TESTS)


@contextmanager
def beside(command: Sequence[str], said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Runs it meanwhile, and ends it should it not have ended by then."""
    with subprocess.Popen(
        command, cwd=HERE, env=ENVIRONMENT, stdout=said, stderr=subprocess.STDOUT
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run(name: str, command: Sequence[str]) -> int:
    """Its exit code."""
    began = time.monotonic()
    print(f"== {name}", flush=True)
    code = subprocess.run(command, cwd=HERE, env=ENVIRONMENT, check=False).returncode
    ended = "failed" if code else "passed"
    print(f"== {name} {ended} ({time.monotonic() - began:.0f} s)", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
