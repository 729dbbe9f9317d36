"""The mail server that deliveries go through, as the transport needs to know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from form_server.environment import is_loopback
from outreach_kit.errors import UsageError


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and as whom. TLS is always verified; there is no way around it.

    `sender` and `reply_to` may carry a name: `Harbor Street <referrals@harborstreet.example>`.
    `ca_file` names certificates to trust instead of the system's, for a relay of one's own.
    Raises UsageError where a password would cross a network in the clear.
    """

    host: str
    port: int
    sender: str
    use_tls: bool = False  # STARTTLS, usually on port 587
    use_ssl: bool = False  # TLS from the first byte, usually on port 465
    username: str = ""
    password: str = field(default="", repr=False)
    reply_to: str = ""
    ca_file: Path | None = None
    timeout_s: float = 30.0  # for all that leads up to the end of the message
    answer_s: float = 30.0  # for what is said to it: the server may be looking through it meanwhile
    # For the same where hanging up means a second copy, or somebody who has to look: half a minute
    # is what some servers take over each mail on purpose.
    long_answer_s: float = 75.0
    keep_s: float = 60.0  # how long an idle connection is worth keeping
    # An address literal is valid everywhere, says nothing about this machine's network, and
    # spares asking the resolver for our own name, which takes seconds on some machines.
    local_hostname: str = "[127.0.0.1]"

    def __post_init__(self) -> None:
        if self.password and not self.verified_tls and not is_loopback(self.host):
            raise UsageError(
                f"The password for {self.host} would cross the network in the clear: set "
                "HANDOFF_MAIL_USE_TLS=1 (port 587) or HANDOFF_MAIL_USE_SSL=1 (port 465)."
            )

    @property
    def verified_tls(self) -> bool:
        """Whether what is sent is readable by that server only."""
        return self.use_tls or self.use_ssl

    @property
    def name(self) -> str:
        """Host and port, as errors call it."""
        return f"{self.host}:{self.port}"
