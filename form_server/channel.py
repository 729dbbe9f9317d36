"""One connection of waitress: a request heard to its end, and an answer written whole."""

from __future__ import annotations

from typing import Final

from waitress.parser import (
    HTTPRequestParser,
    ParsingError,
    TransferEncodingNotImplemented,
)
from waitress.task import WSGITask
from waitress.utilities import RequestEntityTooLarge, build_http_date

from form_server.lingering import PatientChannel

_DECIDED_BY_WAITRESS: Final = frozenset({"date", "server", "connection"})
HEAR_OUT_BYTES: Final = 64 * 1024 * 1024
"""A longer body is cut off in the middle of it."""


class PatientParser(HTTPRequestParser):
    """Hears a body that is too large to its end, and forgets it as it comes.

    waitress answers and hangs up at once; a client that is still sending then sees a broken
    connection, and never the answer. Who asks first (`Expect: 100-continue`) is told at once.
    A head that cannot be understood is answered as the mistake that it is, whatever gave up on it.
    """

    _to_forget = 0

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except TransferEncodingNotImplemented as error:
            raise ParsingError(*error.args) from error
        except ValueError as error:  # a number or an address that is none
            raise ParsingError("Head cannot be read") from error

    def received(self, data: bytes) -> int:
        if self._to_forget:
            heard = min(len(data), self._to_forget)
            self._to_forget -= heard
            self.completed = not self._to_forget
            return heard
        heard = super().received(data)
        if (
            isinstance(self.error, RequestEntityTooLarge)
            and 0 < self.content_length <= HEAR_OUT_BYTES
            and not self.expect_continue
        ):
            self.completed = False
            self._to_forget = self.content_length
        return heard


class WholeTask(WSGITask):
    """Writes the head of an answer together with its body.

    waitress writes them one after the other, and other threads take the interpreter in between:
    whoever waits for the answer has its head, and not yet what it says.
    """

    def write(self, data: bytes) -> None:
        is_whole = self.complete and not self.wrote_header and len(data) == self.content_length
        if not (data and is_whole):
            super().write(data)
            return
        head = self.build_response_header()
        self.wrote_header = True
        if self.chunked_response or not self.has_body:
            self.channel.write_soon(head)
            super().write(data)
            return
        self.content_bytes_written = len(data)
        self.channel.write_now(head + data)  # type: ignore[attr-defined]  # a Channel

    def build_response_header(self) -> bytes:
        """The same head for less where there is nothing to decide: a whole body, the connection kept.

        waitress spells each name anew and sorts them.
        """
        said = {name.lower() for name, _ in self.response_headers}
        if not (
            self.version == "1.1"
            and self.has_body
            and not self.close_on_finish
            and "content-length" in said
            and said.isdisjoint(_DECIDED_BY_WAITRESS)
            and "CONNECTION" not in self.request.headers  # type: ignore[attr-defined]
        ):
            return bytes(super().build_response_header())
        lines = [f"HTTP/1.1 {self.status}", *map(": ".join, self.response_headers)]
        lines.append(f"Date: {build_http_date(self.start_time)}\r\n\r\n")
        return "\r\n".join(lines).encode("latin-1")


class Channel(PatientChannel):
    parser_class = PatientParser
    task_class = WholeTask

    def write_now(self, data: bytes) -> None:
        """Past the buffers where nothing waits in them; what the client does not take goes there."""
        with self.outbuf_lock:
            if not self.total_outbufs_len and self.connected:
                data = data[self.send(data, do_close=False) :]
        self.write_soon(data)

    @property
    def is_brief(self) -> bool:
        request = self.requests[0]
        asked = getattr(request, "command", ""), getattr(request, "path", "")
        return asked in self.server.brief  # type: ignore[attr-defined]  # see WebServer
