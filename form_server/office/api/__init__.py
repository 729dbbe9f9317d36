"""The JSON API, described: `GET /openapi.json`, for whoever writes a program that refers."""

from __future__ import annotations

from form_server.office.api.document import describe_api

__all__ = ["describe_api"]
