"""Every gate in order: lint, format, types, house rules, tests. The first that fails ends the run.

`python -m tests.gates` is what `make test` calls. With CI_FULL=1 no test may be skipped.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def tool(name: str, *arguments: str) -> list[str]:
    """A tool of this environment; the scripts beside the interpreter, so that PATH does not matter."""
    return [str(BIN / name), *arguments]


GATES = {
    "lint": tool("ruff", "check", "--quiet"),
    "format": tool("ruff", "format", "--quiet", "--check"),
    "types": tool("mypy"),
    "house rules": tool("lint-imports", "--no-logo"),
    "tests": [
        *(sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile"),
        "--no-loadscope-reorder",  # by default files of few tests come last, and those are the long ones
        *("--cov", "--cov-report=term:skip-covered"),
    ],
}


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
    for name, command in GATES.items():
        began = time.monotonic()
        print(f"== {name}", flush=True)
        code = subprocess.run(command, cwd=HERE, env=ENVIRONMENT, check=False).returncode
        if code:
            print(f"== {name} failed ({time.monotonic() - began:.0f} s)")
            return code
        print(f"== {name} passed ({time.monotonic() - began:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
