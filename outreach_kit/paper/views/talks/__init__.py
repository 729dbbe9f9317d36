"""What talks, news, the fax form and the résumé say."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.frame import Views
from outreach_kit.paper.views.talks.fax_form import view_fax_form
from outreach_kit.paper.views.talks.flyer import view_flyer
from outreach_kit.paper.views.talks.menu import view_menu
from outreach_kit.paper.views.talks.newsletter import view_newsletter
from outreach_kit.paper.views.talks.resume import view_resume
from outreach_kit.paper.views.talks.sign_in import view_sign_in

TALKS: Final[Views] = {
    "fax-form": view_fax_form,
    "resume": view_resume,
    "talks-menu": view_menu,
    "talk-flyer": view_flyer,
    "sign-in-sheet": view_sign_in,
    "newsletter": view_newsletter,
}
