"""The mail server that deliveries are handed to, as the environment names it.

Mail uses Flask-Mail's own names behind the prefix HANDOFF_.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Final

from form_server.environment import Reader, SettingProblem, is_loopback

NO_CHANNEL: Final = SettingProblem(
    "HANDOFF_MAIL_SERVER",
    "No channel is set up, so nobody would be told of a referral.",
    "Set it to your mail provider's server, like smtp.example.org, with HANDOFF_MAIL_PORT=587, "
    "HANDOFF_MAIL_USE_TLS=1, HANDOFF_MAIL_USERNAME, HANDOFF_MAIL_PASSWORD_FILE and "
    "HANDOFF_MAIL_DEFAULT_SENDER. To look around first: python -m form_server demo.",
)


PER_MINUTE: Final = 30
"""What the narrowest of the large providers takes from one account."""
PER_DAY: Final = 400
"""Below the 500 a day of the narrowest, so that a newsletter leaves room for notices."""


@dataclass(frozen=True)
class MailSettings:
    """The mail server that deliveries are handed to, and how fast it is given newsletters."""

    host: str
    port: int
    sender: str
    use_tls: bool = False
    use_ssl: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    reply_to: str = ""
    ca_file: Path | None = None
    newsletters_a_minute: int = PER_MINUTE
    newsletters_a_day: int = PER_DAY

    @property
    def is_encrypted(self) -> bool:
        """Whether a whole referral may cross it: TLS, which is always verified."""
        return self.use_tls or self.use_ssl

    @property
    def is_private(self) -> bool:
        """Whether a password may cross it: over TLS, or without leaving this machine."""
        return self.is_encrypted or is_loopback(self.host)


def read_mail(reader: Reader) -> MailSettings | None:
    """None where no mail server is named; what is wrong is left with the reader."""
    server = reader.text("MAIL_SERVER")
    use_tls = reader.switch("MAIL_USE_TLS")
    use_ssl = reader.switch("MAIL_USE_SSL")
    username = reader.text("MAIL_USERNAME")
    password = reader.secret("MAIL_PASSWORD")
    sender = reader.text("MAIL_DEFAULT_SENDER")
    mail = MailSettings(
        host=server,
        port=reader.number("MAIL_PORT", 465 if use_ssl else 587 if use_tls else 25, 1, 65535),
        sender=sender,
        use_tls=use_tls,
        use_ssl=use_ssl,
        username=username,
        password=password,
        reply_to=reader.text("MAIL_REPLY_TO"),
        ca_file=None
        if reader.is_unset("MAIL_CA_FILE")
        else reader.path("MAIL_CA_FILE", Path(), must_be_file=True),
        newsletters_a_minute=reader.number("NEWSLETTERS_A_MINUTE", PER_MINUTE, 2, 60_000),
        newsletters_a_day=reader.number("NEWSLETTERS_A_DAY", PER_DAY, 1, 1_000_000),
    )
    if not server:
        if any(name.startswith("MAIL_") for name in reader.given()):
            reader.complain(
                "MAIL_SERVER",
                "It is missing although other mail settings are there.",
                "Set it to your mail provider's server, like smtp.example.org.",
            )
        return None
    _check_addresses(reader, mail)
    _check_account(reader, mail)
    return mail


def _check_addresses(reader: Reader, mail: MailSettings) -> None:
    addresses = (("MAIL_DEFAULT_SENDER", mail.sender), ("MAIL_REPLY_TO", mail.reply_to))
    for name, address in addresses:
        required = name == "MAIL_DEFAULT_SENDER"
        if (address or required) and "@" not in parseaddr(address)[1]:
            reader.complain(
                name,
                f"“{address}” is no e-mail address." if address else "It is missing.",
                "Set it to an address that your mail provider lets you send from, like "
                "referrals@example.org.",
            )


def _check_account(reader: Reader, mail: MailSettings) -> None:
    if mail.use_tls and mail.use_ssl:
        reader.complain(
            "MAIL_USE_SSL",
            "It excludes HANDOFF_MAIL_USE_TLS.",
            "Keep HANDOFF_MAIL_USE_TLS for port 587, or HANDOFF_MAIL_USE_SSL for port 465.",
        )
    if bool(mail.username) != bool(mail.password):
        reader.complain(
            "MAIL_PASSWORD" if mail.username else "MAIL_USERNAME",
            "A mail account is a name and a password, and one of them is missing.",
            "Set both, or neither.",
        )
    if mail.password and not mail.is_private:
        reader.complain(
            "MAIL_USE_TLS",
            "The mail password would cross the network in the clear.",
            "Set it to 1 (port 587), or HANDOFF_MAIL_USE_SSL=1 (port 465).",
        )
