"""Takes what the ledger says is due out of the house, and writes down what became of it."""

from form_server.delivery.channels import Again, Channel, Concern, Never, Outcome, Sent, Unknown
from form_server.delivery.chores import Chore
from form_server.delivery.lane import OpenParcel
from form_server.delivery.mail import MailChannel
from form_server.delivery.mail_server import MailServer
from form_server.delivery.newsletter import NewsletterChannel
from form_server.delivery.push import PushChannel, has_push
from form_server.delivery.smtp import SmtpTransport
from form_server.delivery.sparing import Sparing
from form_server.delivery.webhook import WebhookChannel
from form_server.delivery.worker import Worker

__all__ = [
    "Again",
    "Channel",
    "Chore",
    "Concern",
    "MailChannel",
    "MailServer",
    "Never",
    "NewsletterChannel",
    "OpenParcel",
    "Outcome",
    "PushChannel",
    "Sent",
    "SmtpTransport",
    "Sparing",
    "Unknown",
    "WebhookChannel",
    "Worker",
    "has_push",
]
