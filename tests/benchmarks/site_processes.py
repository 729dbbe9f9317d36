"""What the benchmark of the site starts: a copy of the program, the peers, and servers that are watched."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from outreach_kit.places import CHECKOUT
from tests.benchmarks.site_folders import edit_body

_STARTER = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print((time.perf_counter() - began) * 1000, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
"""Where byte code is not written, each build compiles all that it imports, and its peers what they lack."""
_WAIT_S = 60.0


def copy_program(home: Path) -> Path:
    """What a build is made with; its byte code stays valid, because times are copied too."""
    home.mkdir(parents=True)
    for name in ("build.py", "requirements.txt"):
        shutil.copy2(CHECKOUT / name, home)
    for name in ("outreach_kit", "site_src"):
        shutil.copytree(CHECKOUT / name, home / name)
    return home


def forget_practices(program: Path) -> None:
    """All in the cache that was made from a practice: records of builds, and what is known of texts."""
    cache = program / "var" / "cache" / "build"
    shutil.rmtree(cache / "texts", ignore_errors=True)
    for kept in (*cache.glob("*.glance*"), *cache.glob("*.json")):
        kept.unlink()


@contextmanager
def serving(command: Callable[[int], list[str]], url: str, where: Path = CHECKOUT) -> Iterator[int]:
    """The port of a server that has begun to answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = subprocess.Popen(
        command(port),
        cwd=where, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port, url, "")
        time.sleep(1)  # both look for changes from now on
        yield port
    finally:
        process.terminate()
        process.wait(10)


def shown_after(page: Path, port: int, url: str) -> float:
    """Milliseconds from the saved edit until the page says it."""
    saying = f"seen {time.monotonic_ns()}"
    edit_body(page, saying)
    began = time.perf_counter()
    _wait_for(port, url, saying)
    took_ms = (time.perf_counter() - began) * 1000
    time.sleep(0.3)  # what is still at work ends
    return took_ms


def _wait_for(port: int, url: str, saying: str) -> None:
    end = time.monotonic() + _WAIT_S
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", url)
            response = connection.getresponse()
            if response.status == 200 and saying in response.read().decode():
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.002)
    raise TimeoutError(f"{url} does not say “{saying}”")


def measured(command: Sequence[str], where: Path = CHECKOUT) -> tuple[float, float]:
    """Milliseconds and the most megabytes that the process held.

    A small process starts it: what is started is said to have held at least as much as who did.
    """
    done = subprocess.run(
        [sys.executable, "-c", _STARTER, *command],
        cwd=where, env=_ENVIRONMENT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    took_ms, peak = map(float, done.stdout.split())
    return took_ms, peak / (1024.0 if sys.platform != "darwin" else 1024.0 * 1024.0)
