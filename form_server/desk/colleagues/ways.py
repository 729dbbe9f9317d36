"""Where colleagues can be found, and where a referral is sent on to them."""

from __future__ import annotations

from typing import Final

from form_server.desk.colleagues.editing import (
    add_colleague,
    change_colleague,
    edit_colleague,
    new_colleague,
)
from form_server.desk.colleagues.listed import save_listing
from form_server.desk.colleagues.listing import show_colleagues
from form_server.desk.colleagues.missing import show_colleague_gaps
from form_server.desk.colleagues.one import (
    merge_colleagues,
    remove_colleague,
    restore_colleague,
    show_colleague,
    thank_colleague,
)
from form_server.desk.colleagues.sending import (
    ask_colleagues,
    show_sending,
    step_placement,
    understand_need,
)
from form_server.desk.colleagues.table import (
    export_colleagues,
    preview_colleague_import,
    show_colleague_import,
    take_colleague_import,
)
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/colleagues", show_colleagues),
    Way("/colleagues", add_colleague, POST),
    Way("/colleagues/new", new_colleague),
    Way("/colleagues/import", show_colleague_import),
    Way("/colleagues/import", preview_colleague_import, POST),
    Way("/colleagues/import/all", take_colleague_import, POST),
    Way("/colleagues/export", export_colleagues),
    Way("/colleagues/listed", save_listing),
    Way("/colleagues/missing", show_colleague_gaps),
    Way("/colleagues/<colleague_id>", show_colleague),
    Way("/colleagues/<colleague_id>", change_colleague, POST),
    Way("/colleagues/<colleague_id>/edit", edit_colleague),
    Way("/colleagues/<colleague_id>/remove", remove_colleague, POST),
    Way("/colleagues/<colleague_id>/restore", restore_colleague, POST),
    Way("/colleagues/<colleague_id>/thanked", thank_colleague, POST),
    Way("/colleagues/<colleague_id>/merge", merge_colleagues, POST),
    Way("/referrals/<referral_id>/colleagues", show_sending),
    Way("/referrals/<referral_id>/colleagues", ask_colleagues, POST),
    Way("/referrals/<referral_id>/colleagues/need", understand_need, POST),
    Way("/referrals/<referral_id>/colleagues/<placement_id>", step_placement, POST),
)
