"""Builds take turns, and whoever stops one finds the last good site, or the new one: never some of both."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from outreach_kit.places import CHECKOUT
from outreach_kit.publish.building import build
from outreach_kit.publish.request import BuildRequest
from outreach_kit.publish.turns import taking_turns, unbroken
from tests.benchmarks.site_folders import make_practice, page_in_practice

_STOPPED = """
import os, signal, sys
from outreach_kit.publish import commands, rendering
from outreach_kit.publish.write import Staging

number, where, *arguments = sys.argv[1:]

def stop_in(home, name):
    whole = getattr(home, name)
    def stopped(*given, **named):
        os.kill(os.getpid(), int(number))
        return whole(*given, **named)
    setattr(home, name, stopped)

stop_in(rendering, "render_page") if where == "pages" else stop_in(Staging, "swap")
sys.exit(commands.main(arguments, 0.0))
"""


def never() -> None:
    raise AssertionError("nobody was to be waited for")


def test_the_second_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    out, cache = tmp_path / "site", tmp_path / "cache"
    waits, enters = threading.Event(), threading.Event()

    def second() -> None:
        with taking_turns(out, cache, waits.set):
            enters.set()

    with taking_turns(out, cache, never):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(10)
        assert not enters.is_set()
        with taking_turns(tmp_path / "another", cache, never):
            pass
    assert enters.wait(10)
    thread.join()


def test_a_folder_that_was_made_for_nothing_goes_again(tmp_path: Path) -> None:
    with taking_turns(tmp_path / "a" / "b", tmp_path, never):
        assert (tmp_path / "a" / "b").is_dir()
    assert not (tmp_path / "a").exists()


def test_ctrl_c_waits_for_the_end_of_what_must_not_be_broken() -> None:
    done = []

    def be_stopped() -> None:
        with unbroken():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        be_stopped()
    assert done == ["all"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-c", "sigterm"]
)
def test_a_build_that_is_stopped_leaves_the_old_site_or_the_new_one(
    tmp_path: Path, number: int, code: int
) -> None:
    folder, out = make_practice(tmp_path / "practice", 3), tmp_path / "site"
    build(BuildRequest(practice=folder, out=out, only="site"))
    shown = out / "page-00001/index.html"
    page = page_in_practice(folder, 1)
    page.write_text(page.read_text("utf-8").replace("Page number", "Another"), "utf-8")

    def stop(where: str) -> int:
        command = [sys.executable, "-c", _STOPPED, str(int(number)), where]
        arguments = ["--practice", str(folder), "--out", str(out), "--only", "site", "--quiet"]
        done = subprocess.run([*command, *arguments], cwd=CHECKOUT, capture_output=True, text=True)
        assert "Traceback" not in done.stderr
        return done.returncode

    before = shown.read_bytes()
    assert stop("pages") == code
    assert shown.read_bytes() == before
    assert stop("swap") == code
    assert b"Another 1" in shown.read_bytes()
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".next")] == []
