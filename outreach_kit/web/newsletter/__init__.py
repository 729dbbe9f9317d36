"""The letter to those who refer as a mail: what was chosen of `notes/`, as HTML and as plain text."""

from outreach_kit.web.newsletter.letter import (
    Letter,
    NewsletterMail,
    choose_notes,
    unsubscribe_path,
    write_newsletter,
)

__all__ = ["Letter", "NewsletterMail", "choose_notes", "unsubscribe_path", "write_newsletter"]
