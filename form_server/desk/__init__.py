"""The therapist's console: what came in, how long ago, call now.

Signed in only; the one place with cookies. A session holds the user's key, and that key opens the
referrals of the page that is being shown, while it is being shown.
"""

from form_server.desk.blueprint import blueprint, install_desk
from form_server.desk.console import Desk, Handling, Judged, Machine
from form_server.desk.rules import style_rules

__all__ = ["Desk", "Handling", "Judged", "Machine", "blueprint", "install_desk", "style_rules"]
