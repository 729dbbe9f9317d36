"""`GET /openapi.json`."""

from __future__ import annotations

from flask import Response

from form_server.office.answers import answer_json
from form_server.office.api.document import describe_api
from form_server.office.counter import the_office
from form_server.version import own_version


def show_api() -> Response:
    """The same for everybody, from any website: it tells nothing that is not public."""
    office = the_office()
    response = answer_json(describe_api(office.practice.name, office.settings.url, own_version()))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
