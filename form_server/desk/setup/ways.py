"""Where the settings can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.roles import Right
from form_server.desk.setup.health import check_health, show_health
from form_server.desk.setup.hours import hours_of_folder, save_hours, show_hours, undo_hours
from form_server.desk.setup.inboxes import add_own_inbox, show_inboxes
from form_server.desk.setup.inboxes_one import (
    renew_inbox_key,
    share_inbox,
    show_one_inbox,
    take_inbox_back,
)
from form_server.desk.setup.keys import show_keys, try_sheet
from form_server.desk.setup.keys_sheet import draw_sheet, print_new_sheet, use_new_sheet
from form_server.desk.setup.more import show_more
from form_server.desk.setup.people import show_people, withdraw_invitation
from form_server.desk.setup.people_invite import invite_somebody, show_inviting
from form_server.desk.setup.people_leaving import remove_somebody, show_removal
from form_server.desk.setup.people_one import (
    reset_for_somebody,
    set_role_of,
    show_person,
    sign_out_person,
)
from form_server.desk.setup.settings import show_settings
from form_server.desk.setup.switches import (
    default_switch,
    save_switch,
    show_switches,
    undo_switch,
)
from form_server.desk.setup.time_off import add_time_off, remove_time_off, show_time_off
from form_server.desk.setup.times import add_times, remove_time, show_times, take_times_back
from form_server.desk.setup.told import add_told, move_told, remove_told, show_told, try_told
from form_server.desk.ways import POST, Way

_SETTINGS: Final = Right.SETTINGS
_PEOPLE: Final = Right.PEOPLE
_KEYS: Final = Right.KEYS

WAYS: Final = (
    Way("/more", show_more),
    Way("/times", show_times),
    Way("/times", add_times, POST),
    Way("/times/back", take_times_back, POST),
    Way("/times/<held_id>/remove", remove_time, POST),
    Way("/health", show_health),
    Way("/health/check", check_health, POST, right=_SETTINGS),
    Way("/settings", show_settings, right=_SETTINGS),
    Way("/settings/told", show_told, right=_SETTINGS),
    Way("/settings/told", add_told, POST, right=_SETTINGS),
    Way("/settings/told/<recipient_id>/up", move_told, POST, right=_SETTINGS),
    Way("/settings/told/<recipient_id>/remove", remove_told, POST, right=_SETTINGS),
    Way("/settings/told/<recipient_id>/test", try_told, POST, right=_SETTINGS),
    Way("/settings/hours", show_hours, right=_SETTINGS),
    Way("/settings/hours", save_hours, POST, right=_SETTINGS),
    Way("/settings/hours/undo", undo_hours, POST, right=_SETTINGS),
    Way("/settings/hours/folder", hours_of_folder, POST, right=_SETTINGS),
    Way("/settings/switches", show_switches, right=_SETTINGS),
    Way("/settings/switches/<switch>", save_switch, POST, right=_SETTINGS),
    Way("/settings/switches/<switch>/undo", undo_switch, POST, right=_SETTINGS),
    Way("/settings/switches/<switch>/default", default_switch, POST, right=_SETTINGS),
    Way("/settings/time-off", show_time_off, right=_SETTINGS),
    Way("/settings/time-off", add_time_off, POST, right=_SETTINGS),
    Way("/settings/time-off/<leave_id>/remove", remove_time_off, POST, right=_SETTINGS),
    Way("/settings/people", show_people, right=_PEOPLE),
    Way("/settings/people/invite", show_inviting, right=_PEOPLE),
    Way("/settings/people/invite", invite_somebody, POST, right=_PEOPLE),
    Way("/settings/invitations/<invitation_id>/end", withdraw_invitation, POST, right=_PEOPLE),
    Way("/users/<user_id>", show_person, right=_PEOPLE),
    Way("/users/<user_id>/role", set_role_of, POST, right=_PEOPLE),
    Way("/users/<user_id>/sign-out", sign_out_person, POST, right=_PEOPLE),
    Way("/users/<user_id>/second-factor/end", reset_for_somebody, POST, right=_PEOPLE),
    Way("/users/<user_id>/remove", show_removal, right=_PEOPLE),
    Way("/users/<user_id>/remove", remove_somebody, POST, right=_PEOPLE),
    Way("/settings/inboxes", show_inboxes, right=_KEYS),
    Way("/settings/inboxes", add_own_inbox, POST, right=_KEYS),
    Way("/settings/inboxes/<inbox_id>", show_one_inbox, right=_KEYS),
    Way("/settings/inboxes/<inbox_id>/share", share_inbox, POST, right=_KEYS),
    Way("/settings/inboxes/<inbox_id>/take-back", take_inbox_back, POST, right=_KEYS),
    Way("/settings/inboxes/<inbox_id>/new-key", renew_inbox_key, POST, right=_KEYS),
    Way("/settings/keys", show_keys, right=_KEYS),
    Way("/settings/keys/sheet", draw_sheet, POST, right=_KEYS),
    Way("/settings/keys/sheet/print", print_new_sheet, POST, right=_KEYS),
    Way("/settings/keys/sheet/use", use_new_sheet, POST, right=_KEYS),
    Way("/settings/keys/sheet/try", try_sheet, POST, right=_KEYS),
)
