"""Every text of a practice folder, looked into by other processes while this one gets ready.

Parsing Markdown is nine tenths of a build with nothing in its cache, and importing the model is most of a
small one. So the texts are shared out before anything is imported here; what comes of them lies in the
memo's folder, and whoever asks there finds it. Nothing depends on it: what is not learned is worked out.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import os
import signal
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from outreach_kit.frozen import frozen
from outreach_kit.practice.front import read_text, split_front, take_apart
from outreach_kit.practice.memo import Memo, remembering
from outreach_kit.publish.sharing import can_copy
from outreach_kit.publish.stamps import stamp_code

_ARTICLES: Final = ("pages", "topics", "notes")
_JUDGED: Final = ("pages", "topics", "profile")
"""Where patients read; what is said to offices is not held to their rules."""
_TEXTS_A_SWEEP: Final = 200
_FEW: Final = 40
"""So many texts are one process's work: starting a second would take as long."""


@frozen
class _Known:
    """What one has to know to judge a text, as far as it can be told at a glance."""

    main: str
    country: str
    today: dt.date


@dataclass
class Learning:
    """Processes at work; `finish` waits for them, and so does leaving."""

    workers: list[int] = field(default_factory=list)

    def __enter__(self) -> Learning:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.finish()

    def finish(self) -> None:
        while self.workers:
            with suppress(ChildProcessError):
                os.waitpid(self.workers[-1], 0)
            self.workers.pop()


def memo_of(cache: str) -> Memo:
    """What is known of texts, as long as the code that finds it out is the same."""
    salt = hashlib.sha256(repr(sorted(stamp_code().items())).encode()).hexdigest()
    return Memo(f"{cache}/texts", salt)


def start_learning(practice: str, memo: Memo, now: dt.datetime, most_workers: int) -> Learning:
    """Begins to learn every text that `memo` does not know. Where processes cannot be had, nothing begins."""
    if not can_copy():
        return Learning()
    known = _look(practice, now)
    paths = sorted(_texts(practice)) if known else []
    if known is None or not paths:
        return Learning()
    count = min(most_workers, 1 + len(paths) // _FEW)
    sys.stdout.flush()
    sys.stderr.flush()
    learning = Learning()
    for share in range(count):
        worker = os.fork()
        if worker == 0:
            _work(paths[share::count], known, memo)
        learning.workers.append(worker)
    return learning


def _look(practice: str, now: dt.datetime) -> _Known | None:
    """None when that cannot be told: then the build will say why."""
    try:
        with open(f"{practice}/practice.toml", "rb") as file:  # noqa: PTH123
            raw = tomllib.load(file)
        about = raw["practice"]
        return _Known(
            main=str(about.get("languages", ["en"])[0]),
            country=str(raw.get("address", {}).get("country", "US")),
            today=now.astimezone(ZoneInfo(about["time_zone"])).date(),
        )
    except (
        OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
    ):  # fmt: skip
        return None


def _texts(practice: str) -> Iterator[str]:
    folders = [f"{practice}/{name}" for name in _ARTICLES]
    with suppress(OSError):
        folders += [one.path for one in os.scandir(f"{practice}/clinicians") if one.is_dir()]
    for folder in folders:
        with suppress(OSError):
            yield from (one.path for one in os.scandir(folder) if one.name.endswith(".md"))


def _work(paths: Sequence[str], known: _Known, memo: Memo) -> None:
    """Never returns: this is a copy of a process whose further work is not ours."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from outreach_kit.practice.prose import parse_prose

    gc.disable()  # at every few hundred objects it takes a tenth of the time
    gc.freeze()
    try:
        with remembering(memo):
            for number, path in enumerate(paths, 1):
                _learn(path, known, memo)
                parse_prose.cache_clear()  # nobody asks for its tree again
                if number % _TEXTS_A_SWEEP == 0:
                    gc.collect()  # parsing a text leaves 15 kB in cycles behind
    except Exception:  # noqa: BLE001 - the build meets it again, and says what it is
        os._exit(1)
    os._exit(0)


def _learn(path: str, known: _Known, memo: Memo) -> None:
    from outreach_kit.practice.advice.text import Text, lines_of, whole_of
    from outreach_kit.practice.advice.text_rules import find_in
    from outreach_kit.practice.prose import ProseRefused, check_prose, prose_links
    from outreach_kit.practice.writings import Prose
    from outreach_kit.web.prose import prose_html

    folder, name = path.rsplit("/", 2)[-2:]
    named = take_apart(name, known.main)
    body = _read(path, folder)
    if named is None or not body or memo.knows(body):
        return
    prose = Prose(body, "")
    try:
        check_prose(body)
    except ProseRefused:
        return
    prose_links(body)
    prose_html(prose, folder="" if named.language == known.main else f"/{named.language.lower()}")
    if folder not in _ARTICLES:  # a clinician's: whole rules are about these
        whole_of(body)
        lines_of(body)
    if folder in _JUDGED or named.slug in _JUDGED:
        find_in(Text(prose, named.language, known.today, known.country))


def _read(path: str, folder: str) -> str:
    """The words of a file as the reader of folders takes them; empty when it would not."""
    text = read_text(path) or ""
    return split_front(text).body if folder in _ARTICLES else text
