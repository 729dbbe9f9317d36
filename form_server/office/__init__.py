"""What the public sees: the form, the receipt, the status page, and the built website around them."""

from form_server.office.counter import Office
from form_server.office.hatch import Hatch
from form_server.office.headers import SafeHeaders, Sharing
from form_server.office.opening import open_office
from form_server.office.routes import install_office
from form_server.office.trouble import install_trouble

__all__ = [
    "Hatch",
    "Office",
    "SafeHeaders",
    "Sharing",
    "install_office",
    "install_trouble",
    "open_office",
]
