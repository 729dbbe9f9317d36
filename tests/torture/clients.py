"""Offices that post: each thread sends one referral after another, as JSON or as a form.

A connection that is lost is no answer, so the same referral is sent again under the same key; some
offices give up instead. Some send again although they were answered.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from typing import Final

from tests.torture.lives import Lives
from tests.torture.postings import Book, Posting, Try
from tests.torture.strikes import Moment
from tests.torture.words import as_form, as_json, referral_words

_ANSWER_WITHIN_S: Final = 20.0
_BACK_WITHIN_S: Final = 60.0
_MOST_TRIES: Final = 30
_GIVES_UP: Final = 0.1
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_JSON: Final = {"Content-Type": "application/json", "Accept": "application/json"}


def make_posting(number: int, chance: random.Random) -> Posting:
    return Posting(
        number=number,
        words=referral_words(number),
        key=f"key-{number}-{chance.getrandbits(64):016x}",
        is_form=chance.random() < 0.5,
        is_doubled=chance.random() < 0.2,
    )


class Client:
    """One thread; `seen` is told of each moment around a commit, in this thread."""

    def __init__(
        self,
        port: int,
        book: Book,
        lives: Lives,
        chance: random.Random,
        seen: Callable[[Moment], None],
        accepted: Callable[[Posting], None],
    ) -> None:
        self._port = port
        self._book = book
        self._lives = lives
        self._chance = chance
        self._seen = seen
        self._accepted = accepted
        self.failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="office", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, within_s: float) -> None:
        """Raises what went wrong in the thread, or TimeoutError."""
        self._thread.join(within_s)
        if self.failure is not None:
            raise self.failure
        if self._thread.is_alive():
            raise TimeoutError("an office is still posting")

    def _run(self) -> None:
        try:
            while (posting := self._book.begin()) is not None:
                self._send(posting)
        except Exception as error:  # noqa: BLE001 - raised again by `join`
            self.failure = error

    def _send(self, posting: Posting) -> None:
        """Until it is accepted (twice where it is doubled), refused, or given up."""
        wanted = 2 if posting.is_doubled else 1
        while wanted and len(posting.tries) < _MOST_TRIES and not posting.refusals:
            self._lives.wait_until_up(_BACK_WITHIN_S)
            status = self._try(posting)
            if status in (201, 303):
                wanted -= 1
            elif status is None and self._chance.random() < _GIVES_UP:
                return
            elif status == 503:
                time.sleep(0.05)  # stopping, or full: as Retry-After asks, only sooner
        if posting.was_accepted:
            self._accepted(posting)

    def _try(self, posting: Posting) -> int | None:
        begun_s = time.monotonic()
        try:
            status, location, body = self._exchange(posting)
        except (OSError, http.client.HTTPException):
            posting.tries.append(Try(begun_s, time.monotonic(), None))
            return None
        posting.tries.append(Try(begun_s, time.monotonic(), status))
        if status == 303:
            posting.tokens.add(location.rpartition("/")[2])
        elif status == 201:
            answer = json.loads(body)
            posting.tokens.add(answer["status_url"].rpartition("/")[2])
            posting.receipts.add(answer["receipt"])
        elif status != 503:
            posting.refusals.append(f"{status} {body[:200].decode(errors='replace')}")
        return status

    def _exchange(self, posting: Posting) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_ANSWER_WITHIN_S)
        if posting.is_form:
            body, headers = as_form(posting.words, posting.key), _FORM
        else:
            body, headers = as_json(posting.words), {**_JSON, "Idempotency-Key": posting.key}
        try:
            connection.request("POST", "/referrals", body, headers)
            self._seen(Moment.SENT)
            response = connection.getresponse()
            self._seen(Moment.ANSWERED)
            return response.status, response.getheader("Location", ""), response.read()
        finally:
            connection.close()
