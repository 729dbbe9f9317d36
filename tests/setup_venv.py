"""Make a virtual environment and install a lock file into it; runs on any Python and needs nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def main(venv: Path, lock: Path) -> int:
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:3]))
        print(f"Python 3.11 or newer is needed; this is {have}. Try: make PYTHON=python3.12 …")
        return 1
    python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    uv = shutil.which("uv")
    try:
        if not python.exists():
            subprocess.run(
                [sys.executable, "-m", "venv", *(["--without-pip"] if uv else []), str(venv)],
                check=True,
            )
        if uv:
            command = [uv, "pip", "install", "--quiet", "--python", str(python)]
        else:
            command = [
                str(python),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ]
        print(f"Installing {lock} into {venv} …", flush=True)
        subprocess.run([*command, "--require-hashes", "-r", str(lock)], check=True)
    except subprocess.CalledProcessError as error:
        print(f"\nThis step failed: {' '.join(map(str, error.cmd))}")
        print(
            "On Debian and Ubuntu the package python3-venv may be missing; else look at the lines above."
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
