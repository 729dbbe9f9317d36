"""One installation on PostgreSQL, of as many processes as a measurement asks for, and its mail server."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlencode

from form_server.clockwork import Writer
from form_server.ledger import Channel, DeliveryKind, Ledger, NewDelivery
from form_server.parcels import NoticeParcel
from form_server.settings import Settings
from form_server.vault import ServerKey
from tests.benchmarks.idle import family_of
from tests.benchmarks.stage import FORM, WORDS, Sink, begin_program
from tests.house.server_process import ServerProcess, free_port
from tests.postgres import PostgresServer

CLIENTS: Final = 8
_READY_WITHIN_S: Final = 60.0
_SENT_WITHIN_S: Final = 300.0
_DELIVERS: Final = "delivering from"


class Group:
    """One installation on a PostgreSQL, of as many processes as are asked for; nothing is left running."""

    def __init__(self, folder: Path, postgres: PostgresServer) -> None:
        self.sink = Sink(folder)
        self.url = postgres.new_database()
        self._first = ServerProcess(
            folder, self.sink.port, more_env={"HANDOFF_DATABASE_URL": self.url}
        )
        self._body = folder / "body.form"
        self._body.write_text(urlencode(WORDS, doseq=True))
        self._running: list[ServerProcess] = []
        self._sent = self._mails = 0

    def __enter__(self) -> Self:
        self.sink.start()
        self._first.init()
        settings = Settings.from_env(self._first.env)
        self._ledger = Ledger.open(self.url)
        self._writer = Writer.of(settings, self._ledger, ServerKey.load(settings.key_file))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()
        self._ledger.close()
        self.sink.stop()

    def start_workers(self, count: int) -> list[ServerProcess]:
        """So many more, once all of them listen."""
        entry = ("form_server", "worker")
        workers = [replace(self._first, entry=entry) for _ in range(count)]
        for worker in workers:
            worker.log = self._next_log()
            worker.launch()
            self._running.append(worker)
        end_s = time.monotonic() + _READY_WITHIN_S
        while not all(_DELIVERS in worker.log.read_text() for worker in workers):
            if time.monotonic() > end_s:
                raise TimeoutError("a worker did not start")
            time.sleep(0.05)
        return workers

    def start_webs(self, count: int) -> list[ServerProcess]:
        """So many more, once all of them answer."""
        webs = [replace(self._first, port=free_port()) for _ in range(count)]
        for web in webs:
            web.log = self._next_log()
            self._running.append(web)
            web.start()
        return webs

    def database_pids(self) -> list[int]:
        """Of the database: its own helpers, and one process for each connection to it."""
        with self._ledger._store.read() as connection:
            backend = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        return family_of(int(backend))

    def end(self) -> None:
        """As a service is ended: what is under way is finished, so that no mail comes twice."""
        for one in self._running:
            one.signal(signal.SIGTERM)
        for one in self._running:
            one.stop()
        self._running.clear()

    def deliver(self, count: int) -> float:
        """Mails a second, from the first that arrived to the last; all were due at one moment."""
        began = set(self.sink.arrivals())
        self._ledger.queue.add([self._write_notice() for _ in range(count)])
        self._mails += count
        self.sink.wait_for(self._mails, _SENT_WITHIN_S)
        came_ns = [at for subject, at in self.sink.arrivals().items() if subject not in began]
        assert len(came_ns) == count, "a mail came twice"
        return (count - 1) / ((max(came_ns) - min(came_ns)) / 1e9)

    def accept(self, webs: Sequence[ServerProcess], seconds: float) -> float:
        """Referrals a second, by clients that send again as soon as they were answered."""
        clients = [
            begin_program(
                "tests.benchmarks.load", str(web.port), "--connections", str(CLIENTS // len(webs)),
                "--seconds", str(seconds), "--first", str(1_000_000 * (self._sent + number)),
                "--body", str(self._body), "--content-type", FORM, pipes=True,
            )
            for number, web in enumerate(webs)
        ]  # fmt: skip
        self._sent += len(webs)
        said = [json.loads(client.communicate()[0]) for client in clients]
        taken = [
            sum(n for status, n in one["statuses"].items() if status[0] in "23") for one in said
        ]
        assert all(len(one["statuses"]) == 1 for one in said), [one["statuses"] for one in said]
        self._mails += sum(taken)
        self.sink.wait_for(self._mails, _SENT_WITHIN_S)
        rates: list[float] = [
            count / float(one["seconds"]) for count, one in zip(taken, said, strict=True)
        ]
        return sum(rates)

    def _next_log(self) -> Path:
        return self._first.home / f"process-{len(list(self._first.home.glob('process-*')))}.log"

    def _write_notice(self) -> NewDelivery:
        self._sent += 1
        now = datetime.now(UTC)
        parcel = NoticeParcel(
            practice_name="Harbor Street Counseling", receipt=f"amber-falcon-{self._sent}",
            received_at=now, promised_by=now + timedelta(hours=4), time_zone="America/Los_Angeles",
            desk_url=self._writer.desk_url("0" * 26), office_name="Lakeside Family Medicine",
            office_phone="(360) 555-0188", office_phone_uri="tel:+13605550188",
            pause_url=f"{self._writer.base_url}/pause/{'0' * 39}",
        )  # fmt: skip
        return self._writer.write(
            parcel, DeliveryKind.NOTICE, Channel.EMAIL, "nora@harborstreet.example", now
        )
