"""What stands on cards, labels and tents."""

from __future__ import annotations

from typing import Final

from outreach_kit.paper.views.cards.business_card import view_business_card
from outreach_kit.paper.views.cards.business_card_press import view_press_card
from outreach_kit.paper.views.cards.desk_tent import view_tent
from outreach_kit.paper.views.cards.labels import view_labels
from outreach_kit.paper.views.cards.thank_you import view_thank_you
from outreach_kit.paper.views.frame import Views

CARDS: Final[Views] = {
    "address-labels": view_labels,
    "business-card": view_business_card,
    "business-card-press": view_press_card,
    "desk-tent": view_tent,
    "thank-you-card": view_thank_you,
}
