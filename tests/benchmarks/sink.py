"""`python -m tests.benchmarks.sink PORT LOG`: a real mail server that takes everything.

It writes a line for each mail: the nanosecond of the monotonic clock at which the message was whole,
and its subject. Words on its standard input change it: `delay 0.5` (before a message is answered),
`silent` (towards new connections), `drop` (all connections).
"""
# ruff: noqa: N802  (the protocol's verbs are part of aiosmtpd's method names)

from __future__ import annotations

import asyncio
import sys
import time
from typing import TextIO, cast

from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession


class Sink:
    """The handler of every conversation, and what they share."""

    def __init__(self, log: TextIO) -> None:
        self._log = log
        self.delay_s = 0.0
        self.silent = False
        self.open: set[Conversation] = set()

    async def handle_DATA(self, _server: SMTP, _session: SmtpSession, envelope: Envelope) -> str:
        at_ns = time.monotonic_ns()
        content = b"\n" + cast("bytes", envelope.original_content)
        subject = content.partition(b"\nSubject: ")[2].partition(b"\r")[0]
        self._log.write(f"{at_ns} {subject.decode(errors='replace')}\n")
        self._log.flush()
        await asyncio.sleep(self.delay_s)
        return "250 taken"

    def obey(self, words: str) -> None:
        match words.split():
            case ["delay", seconds]:
                self.delay_s = float(seconds)
            case ["silent"]:
                self.silent = True
            case ["drop"]:
                for conversation in tuple(self.open):
                    conversation.drop()


class Conversation(SMTP):
    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        super().__init__(sink, hostname="sink.test")

    def drop(self) -> None:
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).abort()

    def connection_lost(self, error: Exception | None) -> None:
        self._sink.open.discard(self)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        self._sink.open.add(self)
        if self._sink.silent:
            await asyncio.sleep(3600)
        await super()._handle_client()


async def serve(port: int, path: str) -> None:
    loop = asyncio.get_running_loop()
    with open(path, "a", encoding="utf-8") as log:  # noqa: PTH123 - once, before it serves
        sink = Sink(log)
        await loop.create_server(lambda: Conversation(sink), "127.0.0.1", port)
        words = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(words), sys.stdin)
        print("ready", flush=True)
        while line := await words.readline():
            sink.obey(line.decode())
            print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
