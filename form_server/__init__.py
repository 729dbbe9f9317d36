"""Catches referrals, forwards them, loses none; the therapist's private desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> Flask:
    """The WSGI application as the environment describes it, for gunicorn and its like."""
    from form_server.app import create_app as make  # late: `--help` must not load Flask

    return make()
