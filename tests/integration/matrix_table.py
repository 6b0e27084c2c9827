"""What strangers could send to each handler, with the ids of what is Ana's."""

from bot.domain.cards import CardButton
from bot.rendering.names import ActionId, CallbackId, CommandName, EventName
from handlers.registry import Kind
from tests.integration import (
    deliveries,
    matrix_alerts,
    matrix_booking,
    matrix_contacts,
    matrix_digests,
    matrix_settings,
    matrix_triggers,
    matrix_troubles,
)
from tests.integration.matrix_forms import (
    AGENDA,
    EVENTS,
    SLOT,
    agreed_form,
    booking_field,
    booking_form,
    contact_form,
    event_form,
    find_form,
    forget_form,
    option_form,
    search_for,
    set_up_form,
    settings_form,
    switch_form,
    trigger_form,
    trigger_kind,
    why_form,
)
from tests.integration.matrix_sent import Sent, actions, commands, written

SUBCOMMANDS = (
    "",
    "help",
    "help questions",
    "help {hers.slack_id}",
    "connect",
    "settings",
    "slots <@{hers.slack_id}> 30m {hers.day}",
    "book",
    "book <@{hers.slack_id}> 30m {hers.day} 12:00",
    "agenda <@{hers.slack_id}> {hers.day}",
    "agenda {hers.day}",
    "week <@{hers.slack_id}> {hers.day}",
    "week {hers.day}",
    "why <@{hers.slack_id}> {hers.day} 13:00",
    "why {hers.day}",
    "status <@{hers.slack_id}>",
    "status {hers.account}",
    "disconnect {hers.account}",
    "privacy <@{hers.slack_id}>",
    "contacts",
    "contacts {hers.contact}",
    "triggers",
    "triggers {hers.trigger}",
    "digest",
    "digest {hers.digest}",
    "reminders",
    "forget",
    "forget me",
    "forget {hers.contact}",
)
WRITTEN = (
    "hi",
    "slots ana {hers.day}",
    "agenda ana {hers.day}",
    "why ana {hers.day} 13:00",
    "week ana {hers.day}",
    "book ana {hers.day} 12:00",
    "status {hers.account}",
    "contacts {hers.contact}",
    "forget {hers.contact}",
)
QUESTION = "<@{hers.slack_id}> all 30m {hers.day}"
CARD = [f"{button} {{hers.appointment}} 1" for button in CardButton]
TABLE: dict[tuple[Kind, str], list[Sent]] = {
    (Kind.COMMAND, CommandName.DAYBOOK): commands(CommandName.DAYBOOK, *SUBCOMMANDS),
    (Kind.COMMAND, CommandName.SLOTS): commands(CommandName.SLOTS, QUESTION),
    (Kind.COMMAND, CommandName.BOOK): commands(CommandName.BOOK, "<@{hers.slack_id}> 30m {hers.day} 12:00", ""),
    (Kind.COMMAND, CommandName.AGENDA): commands(CommandName.AGENDA, "<@{hers.slack_id}> {hers.day}", "{hers.day}"),
    (Kind.COMMAND, CommandName.SETTINGS): commands(CommandName.SETTINGS, "", "{hers.account}"),
    (Kind.ACTION, ActionId.RUN): actions(ActionId.RUN, *SUBCOMMANDS),
    (Kind.ACTION, ActionId.OPEN_LINK): actions(ActionId.OPEN_LINK, "{hers.account}"),
    (Kind.ACTION, ActionId.ADD_NEW): actions(ActionId.ADD_NEW, "{hers.account}"),
    (Kind.ACTION, ActionId.CONFIRM_ACCOUNT): actions(ActionId.CONFIRM_ACCOUNT, "{hers.waiting}", "{hers.account}"),
    (Kind.ACTION, ActionId.REJECT_ACCOUNT): actions(ActionId.REJECT_ACCOUNT, "{hers.waiting}", "{hers.account}"),
    (Kind.ACTION, ActionId.DISCONNECT_ACCOUNT): actions(
        ActionId.DISCONNECT_ACCOUNT, "{hers.account}", "{hers.waiting}", "not an id"
    ),
    (Kind.ACTION, ActionId.SLOT): actions(ActionId.SLOT, SLOT),
    (Kind.ACTION, ActionId.BOOK_SLOT): actions(ActionId.BOOK_SLOT, SLOT, "{hers.appointment}"),
    **{(Kind.ACTION, action): booking_field(action) for action in matrix_booking.FIELDS},
    (Kind.ACTION, ActionId.OFFER_SLOTS): actions(ActionId.OFFER_SLOTS, QUESTION, "{hers.appointment}"),
    (Kind.ACTION, ActionId.TAKE_OFFER): actions(ActionId.TAKE_OFFER, "{hers.appointment} {hers.start}", "x"),
    (Kind.ACTION, ActionId.WITHDRAW_OFFER): actions(ActionId.WITHDRAW_OFFER, "{hers.appointment}", "x"),
    (Kind.ACTION, ActionId.CARD): actions(ActionId.CARD, *CARD),
    (Kind.ACTION, ActionId.CARD_MENU): actions(ActionId.CARD_MENU, *CARD),
    (Kind.OPTIONS, ActionId.CONTACT): [lambda who, hers: deliveries.search(who, ActionId.CONTACT, hers.slack_id)],
    **{(Kind.VIEW, form): [booking_form(form)] for form in matrix_booking.FORMS},
    (Kind.SHORTCUT, CallbackId.BOOK): [lambda who, _hers: deliveries.shortcut(who, CallbackId.BOOK)],
    (Kind.ACTION, ActionId.CONTACTS): actions(ActionId.CONTACTS, *matrix_contacts.MARKS),
    (Kind.ACTION, ActionId.CONTACTS_SEARCH): [lambda who, hers: matrix_contacts.searched(who, str(hers.contact))],
    (Kind.ACTION, ActionId.CONTACT_OTHER): [lambda who, hers: matrix_contacts.other_chosen(who, str(hers.contact))],
    (Kind.ACTION, ActionId.INVITEE): actions(ActionId.INVITEE, *matrix_contacts.QUESTIONS),
    (Kind.ACTION, ActionId.INVITEE_LINK): [
        lambda who, hers: matrix_contacts.linked(who, str(hers.contact), str(hers.question)),
    ],
    **{
        (Kind.OPTIONS, name): [search_for(name, "maya")]
        for name in (ActionId.CONTACT_OTHER, ActionId.CONTACT_ZONE, ActionId.INVITEE_LINK)
    },
    **{(Kind.VIEW, form): [contact_form(form)] for form in matrix_contacts.FORMS},
    (Kind.ACTION, ActionId.OTHER_SLOT): actions(ActionId.OTHER_SLOT, SLOT),
    (Kind.ACTION, ActionId.ASK_AGAIN): actions(ActionId.ASK_AGAIN, QUESTION),
    (Kind.ACTION, ActionId.ALL_TIMES): actions(ActionId.ALL_TIMES, QUESTION),
    (Kind.ACTION, ActionId.ANOTHER_DAY): actions(ActionId.ANOTHER_DAY, QUESTION),
    (Kind.ACTION, ActionId.SHARE_SLOTS): actions(ActionId.SHARE_SLOTS, QUESTION),
    (Kind.ACTION, ActionId.ASK_TO_CONNECT): actions(ActionId.ASK_TO_CONNECT, "{hers.slack_id} " + QUESTION),
    (Kind.ACTION, ActionId.AGENDA_DAY): actions(ActionId.AGENDA_DAY, AGENDA, "{hers.day} {hers.slack_id} all"),
    (Kind.ACTION, ActionId.AGENDA_CALENDAR): actions(ActionId.AGENDA_CALENDAR, AGENDA),
    (Kind.ACTION, ActionId.WEEK): actions(ActionId.WEEK, AGENDA, "{hers.day} {hers.slack_id} all", "x"),
    (Kind.ACTION, ActionId.WEEK_CALENDAR): actions(ActionId.WEEK_CALENDAR, AGENDA),
    (Kind.ACTION, ActionId.COLOURS): actions(ActionId.COLOURS, "{hers.calendar}"),
    (Kind.ACTION, ActionId.WHY): actions(ActionId.WHY, QUESTION + " 13:00", QUESTION),
    (Kind.ACTION, ActionId.MARK_FREE): actions(ActionId.MARK_FREE, *EVENTS),
    (Kind.ACTION, ActionId.IGNORE_EVENT): actions(ActionId.IGNORE_EVENT, *EVENTS),
    (Kind.ACTION, ActionId.UNIGNORE_EVENT): actions(ActionId.UNIGNORE_EVENT, *EVENTS),
    (Kind.ACTION, ActionId.EVENT): actions(ActionId.EVENT, *EVENTS),
    (Kind.ACTION, ActionId.EVENT_MOVE): actions(ActionId.EVENT_MOVE, *EVENTS),
    (Kind.ACTION, ActionId.EVENT_CANCEL): actions(ActionId.EVENT_CANCEL, *EVENTS),
    (Kind.VIEW, CallbackId.EVENT_MOVE): [event_form],
    (Kind.ACTION, ActionId.REMOVE_LOST): actions(ActionId.REMOVE_LOST, "{hers.calendar} 1", "{hers.calendar}"),
    (Kind.ACTION, ActionId.KEEP_LOST): actions(ActionId.KEEP_LOST, "{hers.calendar} 1", "{hers.calendar}"),
    (Kind.ACTION, ActionId.SYNC_NOW): actions(ActionId.SYNC_NOW, "{hers.calendar}"),
    (Kind.ACTION, ActionId.SETTINGS_TAB): actions(ActionId.SETTINGS_TAB, "calendars", "availability", "{hers.account}"),
    (Kind.ACTION, ActionId.SETTINGS_CHANGE): actions(
        ActionId.SETTINGS_CHANGE, CallbackId.SET_UP, CallbackId.SYNC_OPTION, *matrix_settings.FORMS, "{hers.calendar}"
    ),
    (Kind.ACTION, ActionId.REMOVE_DATES): actions(ActionId.REMOVE_DATES, "2020-01-01 2999-12-31", "{hers.calendar}"),
    (Kind.OPTIONS, ActionId.ZONE): [lambda who, hers: deliveries.search(who, ActionId.ZONE, hers.slack_id)],
    **{(Kind.VIEW, form): [settings_form(form)] for form in matrix_settings.FORMS},
    (Kind.ACTION, ActionId.TRIGGER_NEW): actions(ActionId.TRIGGER_NEW, "{hers.trigger}"),
    (Kind.ACTION, ActionId.TRIGGER_OPEN): actions(ActionId.TRIGGER_OPEN, "{hers.trigger}", "{hers.firing}"),
    (Kind.ACTION, ActionId.TRIGGER_EDIT): actions(ActionId.TRIGGER_EDIT, "{hers.trigger}", "x"),
    (Kind.ACTION, ActionId.TRIGGER_DO): actions(ActionId.TRIGGER_DO, *matrix_triggers.DEEDS, "{hers.trigger}"),
    (Kind.ACTION, ActionId.FIRING_AGAIN): actions(ActionId.FIRING_AGAIN, "{hers.firing}", "{hers.trigger}"),
    (Kind.ACTION, ActionId.LANDING): actions(ActionId.LANDING, *matrix_alerts.LANDINGS),
    (Kind.ACTION, ActionId.WHY_BROKEN): actions(ActionId.WHY_BROKEN, "{hers.account}", "{hers.calendar}", "x"),
    (Kind.ACTION, ActionId.TRIGGER_KIND): [trigger_kind, *actions(ActionId.TRIGGER_KIND, "tag")],
    (Kind.VIEW, CallbackId.TRIGGER): [trigger_form],
    (Kind.ACTION, ActionId.DIGEST_NEW): actions(ActionId.DIGEST_NEW, "{hers.digest}"),
    (Kind.ACTION, ActionId.DIGEST_OPEN): actions(ActionId.DIGEST_OPEN, "{hers.digest}", "x"),
    (Kind.ACTION, ActionId.DIGEST_EDIT): actions(ActionId.DIGEST_EDIT, "{hers.digest}", "x"),
    (Kind.ACTION, ActionId.DIGEST_PREVIEW): actions(ActionId.DIGEST_PREVIEW, "{hers.digest}", "x"),
    (Kind.ACTION, ActionId.DIGEST_ASK): actions(ActionId.DIGEST_ASK, "{hers.digest} {hers.slack_id}", "x"),
    (Kind.ACTION, ActionId.DIGEST_DO): actions(ActionId.DIGEST_DO, *matrix_digests.DEEDS, "{hers.digest}"),
    (Kind.ACTION, ActionId.DIGEST_ANSWER): actions(ActionId.DIGEST_ANSWER, *matrix_digests.ANSWERS),
    (Kind.VIEW, CallbackId.DIGEST): [matrix_digests.digest_form, matrix_digests.new_digest_form],
    (Kind.ACTION, ActionId.FORGET): actions(
        ActionId.FORGET, "me", "who", "export me", "contact {hers.contact}", "export contact {hers.contact}", "x"
    ),
    (Kind.ACTION, ActionId.FORGET_WHOM): [
        lambda who, hers: deliveries.action(
            who, ActionId.FORGET_WHOM, "", selected_option={"value": str(hers.contact)}
        ),
    ],
    (Kind.OPTIONS, ActionId.FORGET_WHOM): [search_for(ActionId.FORGET_WHOM, "maya")],
    (Kind.VIEW, CallbackId.FORGET_ME): [forget_form(CallbackId.FORGET_ME, "{hers.account}")],
    (Kind.VIEW, CallbackId.FORGET_CONTACT): [
        forget_form(CallbackId.FORGET_CONTACT, "{hers.contact} 1"),
        forget_form(CallbackId.FORGET_CONTACT, "{hers.contact}"),
    ],
    (Kind.ACTION, ActionId.ROUND_TRIP): actions(ActionId.ROUND_TRIP, "", "{hers.calendar}"),
    (Kind.ACTION, ActionId.MISSING): [matrix_troubles.missing_button(ActionId.MISSING, number) for number in range(5)],
    (Kind.ACTION, ActionId.MISSING_DO): [
        matrix_troubles.missing_button(ActionId.MISSING_DO, number) for number in range(5)
    ],
    (Kind.VIEW, CallbackId.MISSING): [matrix_troubles.missing_form],
    (Kind.VIEW, CallbackId.AGREE_TO_CHOICE): [agreed_form],
    (Kind.VIEW, CallbackId.SYNC_OPTION): [option_form],
    (Kind.VIEW, CallbackId.SWITCH_OPTION): [switch_form],
    (Kind.ACTION, ActionId.UNDO_SWITCH): actions(ActionId.UNDO_SWITCH, "{hers.calendar}", "{hers.calendar} V1", "x"),
    (Kind.ACTION, ActionId.SWITCH_PROGRESS): actions(ActionId.SWITCH_PROGRESS, "{hers.calendar} -", "x"),
    (Kind.VIEW, CallbackId.SET_UP): [set_up_form],
    (Kind.VIEW, CallbackId.FIND_A_TIME): [find_form],
    (Kind.VIEW, CallbackId.WHY): [why_form],
    (Kind.SHORTCUT, CallbackId.FIND_A_TIME): [
        lambda who, _hers: deliveries.shortcut(who, CallbackId.FIND_A_TIME),
    ],
    (Kind.EVENT, EventName.APP_HOME_OPENED): [
        lambda who, _hers: deliveries.event(
            who, {"type": EventName.APP_HOME_OPENED, "user": who.user_id, "tab": "home"}
        ),
    ],
    # What Slack would say of a removal from before Daybook was installed anew.
    (Kind.EVENT, EventName.MESSAGE): [written(text) for text in WRITTEN],
    (Kind.EVENT, EventName.APP_UNINSTALLED): [
        lambda who, _hers: deliveries.event(who, {"type": EventName.APP_UNINSTALLED}),
    ],
    (Kind.EVENT, EventName.USER_CHANGE): [
        lambda who, _hers: deliveries.event(
            who, {"type": EventName.USER_CHANGE, "user": {"id": who.user_id, "team_id": who.team_id}}
        ),
    ],
}
ROWS = [(key, number, sent) for key, row in TABLE.items() for number, sent in enumerate(row)]
