"""One SMTP connection whose every wait ends.

smtplib times each read of the socket, so that a server which trickles a byte now and then, or adds
line after line to its reply, holds its client for ever. Here one deadline covers whatever is done
until it is moved, and a reply has a size that it may not exceed.
"""

from __future__ import annotations

import binascii
import contextlib
import re
import select
import smtplib
import socket
import ssl
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from form_server.delivery.mail_server import MailServer
from form_server.delivery.replies import (
    REPLY_LIMIT,
    Garbled,
    Leaving,
    Reply,
    WaitedTooLong,
    is_yes,
    read_reply,
    worse,
)

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_FAREWELL_S: Final = 1.0
_QUIET_S: Final = 0.2  # as long as this nothing more comes: the reply was all
_LINE_START_DOT: Final = re.compile(rb"^\.", re.MULTILINE)
_NAMED: Final[Reply] = (250, b"said before")


class Session(smtplib.SMTP):
    """A connection that is open, encrypted and signed in as the settings ask, before `deadline`.

    Deadlines are moments of `monotonic`, in seconds. Raises OSError (all of smtplib's errors are)
    when it cannot be had, ValueError for a name or password that cannot be sent.

    A `wary` one is for a server that says more than it is asked: it asks one thing at a time, waits
    until nothing more is said, and of several replies believes the worst.
    """

    def __init__(
        self,
        server: MailServer,
        tls: ssl.SSLContext | None,
        deadline: float,
        monotonic: Callable[[], float],
        *,
        wary: bool = False,
    ) -> None:
        super().__init__(local_hostname=server.local_hostname)  # without a host: connects nothing
        self.deadline = deadline
        self._monotonic = monotonic
        self._pending = bytearray()
        self.wary = wary
        self.stammers = False
        """Whether a wary one has heard more than it asked for."""
        self.named = ""
        """The sender of a message to come, where the server has been told of one."""
        try:
            self._open(server, tls)
        except BaseException:
            self.close()
            raise

    def getreply(self) -> tuple[int, bytes]:
        """Code and text of the next reply; 421 raises Leaving, whatever was asked."""
        code, text = self._reply()
        if self.wary:
            # What was said stands, whatever becomes of the connection.
            with contextlib.suppress(smtplib.SMTPServerDisconnected):
                while self._says_more():
                    self.stammers = True
                    code, text = worse((code, text), self._reply())
        if code == 421:
            self.close()
            raise Leaving(code, text)
        return code, text

    def send(self, s: ReadableBuffer | str) -> None:
        """Hands all of it to the system; when this raises, the last byte was not handed over."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        try:
            self.sock.settimeout(self._left_s())
            self.sock.sendall(s.encode(self.command_encoding) if isinstance(s, str) else s)
        except OSError as error:
            raise self._lost(error) from error

    def name_sender(self, sender: str) -> Reply:
        """The answer to MAIL, ahead of a message from this bare address."""
        self.send(f"MAIL FROM:<{sender}>\r\n")
        self.named = sender
        return self.getreply()

    def offer(
        self, sender: str, recipient: str, meanwhile: Iterator[object]
    ) -> tuple[Reply, Reply | None]:
        """The answers to MAIL and to RCPT, which is not asked after a no; both addresses are bare.

        The first step of `meanwhile` is taken while the server reads the one, and the others while
        it reads the other: its work costs no time of its own. A sender who was named is not asked about.
        """
        mail, rcpt = f"MAIL FROM:<{sender}>\r\n", f"RCPT TO:<{recipient}>\r\n"
        if self.named:
            self.named = ""
            self.send(rcpt)
            deque(meanwhile, maxlen=0)
            return _NAMED, self.getreply()
        together = self.has_extn("pipelining") and not self.wary  # RFC 2920
        self.send(mail + rcpt if together else mail)
        next(meanwhile, None)
        if together:
            deque(meanwhile, maxlen=0)
            return self.getreply(), self.getreply()
        first = self.getreply()
        if not is_yes(first):
            return first, None
        self.send(rcpt)
        deque(meanwhile, maxlen=0)
        return first, self.getreply()

    def ask_to_send(self, content: bytes) -> tuple[Reply, bytes]:
        """The answer to DATA, and the message with its end-of-data mark: to be sent after a 354.

        In one write, so that an error there proves that the mark did not get out whole. It is put
        together while the server makes up its mind.
        """
        self.send("DATA\r\n")
        stuffed = _LINE_START_DOT.sub(b"..", content)
        ending = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        return self.getreply(), stuffed + ending

    def is_quiet(self) -> bool:
        """Whether the connection stands and nothing unasked came: a goodbye would show here."""
        if self.sock is None or self._pending:
            return False
        if not hasattr(select, "poll"):  # Windows
            return not select.select([self.sock], [], [], 0)[0]
        look = select.poll()
        look.register(self.sock, select.POLLIN)
        return not look.poll(0)

    def part(self) -> None:
        """QUIT, and whatever becomes of it: nothing that was accepted depends on it."""
        if self.sock is not None:
            self.deadline = self._monotonic() + _FAREWELL_S
            with contextlib.suppress(smtplib.SMTPException):
                self.docmd("QUIT")
        self.close()

    def close(self) -> None:
        self._pending.clear()
        super().close()

    def _open(self, server: MailServer, tls: ssl.SSLContext | None) -> None:
        self.sock = plain = self._dial(server.host, server.port)
        if tls is not None and server.use_ssl:
            self._encrypt(plain, tls, server.host)
        code, words = self.getreply()
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        self.ehlo_or_helo_if_needed()
        if tls is not None and server.use_tls:
            self._start_tls(plain, tls, server.host)
            self.ehlo_or_helo_if_needed()
        if server.username:
            try:
                self.login(server.username, server.password)
            except binascii.Error as error:  # a challenge that is no base64
                raise Garbled("the sign-in was answered with something else") from error

    def _dial(self, host: str, port: int) -> socket.socket:
        # A name can have an address that leads nowhere (IPv6 often does): each one gets its share.
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        trouble = OSError("its name has no address")
        for index, (family, kind, protocol, _, address) in enumerate(places):
            try:
                sock = socket.socket(family, kind, protocol)
            except OSError as error:  # a machine may not know the kind of address at all
                trouble = error
                continue
            try:
                sock.settimeout(self._left_s() / (len(places) - index))
                sock.connect(address)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                sock.close()
                trouble = error
            else:
                return sock
        raise trouble

    def _start_tls(self, plain: socket.socket, tls: ssl.SSLContext, host: str) -> None:
        if not self.has_extn("starttls"):
            raise smtplib.SMTPNotSupportedError("STARTTLS is not offered")
        code, words = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, words)
        if self._pending:
            # Somebody in between added a reply, to be believed once the line is encrypted.
            raise Garbled("something came ahead of the encryption")
        self._encrypt(plain, tls, host)
        # RFC 3207, 4.2: forget what was said in the clear.
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False

    def _encrypt(self, plain: socket.socket, tls: ssl.SSLContext, host: str) -> None:
        plain.settimeout(self._left_s())
        self.sock = tls.wrap_socket(plain, server_hostname=host)

    def _reply(self) -> Reply:
        try:
            return read_reply(self._line)
        except Garbled:
            self.close()
            raise

    def _says_more(self) -> bool:
        """Read, not looked for: under TLS not all that comes is something said."""
        if self._pending or self.sock is None:
            return bool(self._pending)
        try:
            self.sock.settimeout(min(self._left_s(), _QUIET_S))
            chunk = self.sock.recv(4096)
        except TimeoutError:
            return False
        except OSError:
            chunk = b""
        if not chunk:
            self.close()
        self._pending += chunk
        return bool(chunk)

    def _line(self) -> bytes:
        while (end := self._pending.find(b"\n") + 1) == 0:
            if len(self._pending) > REPLY_LIMIT:
                self.close()
                raise Garbled("the reply has no end")
            self._pending += self._receive()
        line = bytes(self._pending[:end])
        del self._pending[:end]
        return line

    def _receive(self) -> bytes:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        try:
            self.sock.settimeout(self._left_s())
            chunk = self.sock.recv(4096)
        except OSError as error:
            raise self._lost(error) from error
        if not chunk:
            self.close()
            raise smtplib.SMTPServerDisconnected("the connection was closed")
        return chunk

    def _left_s(self) -> float:
        left_s = self.deadline - self._monotonic()
        if left_s <= 0:
            raise TimeoutError
        return left_s

    def _lost(self, error: OSError) -> smtplib.SMTPServerDisconnected:
        self.close()
        if isinstance(error, TimeoutError):
            return WaitedTooLong("no answer in time")
        return smtplib.SMTPServerDisconnected("the connection was lost")
