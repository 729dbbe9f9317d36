"""Where signing in and its keys can be found."""

from __future__ import annotations

from typing import Final

from form_server.desk.entry.beginning import (
    ask_words_back,
    draw_words,
    finish_beginning,
    print_sheet,
    show_beginning,
    show_sheet,
)
from form_server.desk.entry.devices import end_device, end_other_devices, show_devices
from form_server.desk.entry.invited import accept_invitation, invitation_options, show_invitation
from form_server.desk.entry.one_touch import sign_in_by_touch, sign_in_options
from form_server.desk.entry.passkeys import (
    passkey_options,
    remove_passkey,
    show_passkeys,
    take_passkey,
)
from form_server.desk.entry.recovering import recover, show_recovery
from form_server.desk.entry.renewing import renew_own_words, show_renewal
from form_server.desk.entry.roles import Right
from form_server.desk.entry.second_factor import (
    ask_everybody,
    end_app,
    show_second_factor,
    take_app,
    take_second_device,
)
from form_server.desk.entry.second_step import (
    second_step_options,
    show_second_step,
    take_digits,
    take_touch,
)
from form_server.desk.entry.sign_in import show_sign_in, sign_in, sign_out
from form_server.desk.ways import POST, Way

WAYS: Final = (
    Way("/sign-in", show_sign_in),
    Way("/sign-in", sign_in, POST),
    Way("/sign-in/passkey", sign_in_options),
    Way("/sign-in/passkey", sign_in_by_touch, POST),
    Way("/sign-in/second", show_second_step),
    Way("/sign-in/second", take_digits, POST),
    Way("/sign-in/second/passkey", second_step_options),
    Way("/sign-in/second/passkey", take_touch, POST),
    Way("/sign-out", sign_out, POST),
    Way("/recover", show_recovery),
    Way("/recover", recover, POST),
    Way("/begin/<token>", show_beginning),
    Way("/begin/<token>/words", draw_words, POST),
    Way("/begin/<token>/proof", ask_words_back, POST),
    Way("/begin/<token>/sheet", show_sheet, POST),
    Way("/begin/<token>/sheet/print", print_sheet, POST),
    Way("/begin/<token>/finish", finish_beginning, POST),
    Way("/invitations/<token>", show_invitation),
    Way("/invitations/<token>", accept_invitation, POST),
    Way("/invitations/<token>/passkey", invitation_options),
    Way("/passkeys", show_passkeys),
    Way("/passkeys", take_passkey, POST),
    Way("/passkeys/options", passkey_options),
    Way("/passkeys/<passkey_id>/remove", remove_passkey, POST),
    Way("/words", show_renewal),
    Way("/words", renew_own_words, POST),
    Way("/second-factor", show_second_factor),
    Way("/second-factor/app", take_app, POST),
    Way("/second-factor/app/end", end_app, POST),
    Way("/second-factor/device", take_second_device, POST),
    Way("/second-factor/everybody", ask_everybody, POST, right=Right.PEOPLE),
    Way("/devices", show_devices),
    Way("/devices/others/end", end_other_devices, POST),
    Way("/devices/<mark>/end", end_device, POST),
)
