"""The ids by which Slack tells us what was pressed or submitted; each is written here and nowhere else."""

from enum import StrEnum

_SEPARATOR = ":"


class ActionId(StrEnum):
    """Buttons, selects and inputs."""

    RUN = "run"
    """A button that does what a subcommand does; its value is what would have been typed."""
    OPEN_LINK = "open_link"
    """A button that opens a page by itself; Slack tells us all the same."""
    CONFIRM_ACCOUNT = "confirm_account"
    REJECT_ACCOUNT = "reject_account"
    DISCONNECT_ACCOUNT = "disconnect_account"
    ADD_NEW = "add_new"
    LINKED_CALENDAR = "linked_calendar"
    CONFLICT_CALENDARS = "conflict_calendars"
    SLOT = "slot"
    """A time that is or is not free; opens the reasons. Its value is a `SlotRef`."""
    OTHER_SLOT = "other_slot"
    """As `SLOT`, in the place of the reasons for another time."""
    ASK_AGAIN = "ask_again"
    """Asks a question about free time; its value is the words of it, as for the next three."""
    ANOTHER_DAY = "another_day"
    SHARE_SLOTS = "share_slots"
    ASK_TO_CONNECT = "ask_to_connect"
    """The Slack id of whom to ask stands ahead of the words."""
    PEOPLE = "people"
    MODE = "mode"
    LENGTH = "length"
    DAY = "day"
    SYNC_NOW = "sync_now"
    AGENDA_DAY = "agenda_day"
    """Shows the agenda of another day; its value is an `AgendaRef`, as are the options of the next."""
    AGENDA_CALENDAR = "agenda_calendar"
    COLOURS = "colours"
    WHY = "why"
    """Asks why a time is or is not free; its value is the words of the question."""
    MARK_FREE = "mark_free"
    """Does something about one event; its value is an `EventMark`, as for the next two."""
    IGNORE_EVENT = "ignore_event"
    UNIGNORE_EVENT = "unignore_event"
    REMOVE_LOST = "remove_lost"
    """Answers a question about a loss; its value is the calendar's id and the question's number, as for the next."""
    KEEP_LOST = "keep_lost"
    SETTINGS_TAB = "settings_tab"
    """Turns to a tab of Calendar Settings; its value is a `SettingsTab`."""
    SETTINGS_CHANGE = "settings_change"
    """Opens a form on top of Calendar Settings; its value is the form's `CallbackId`."""
    SETTING = "setting"
    """A field on such a form; the block id says which."""
    ZONE = "zone"
    REMOVE_DATES = "remove_dates"
    """Its value is the first and the last date, in ISO form."""
    BOOK_SLOT = "book_slot"
    """A free time; opens the booking form with it. Its value is a `SlotRef`."""
    BOOKING = "booking"
    """A field of the booking form that changes what else it shows; the block id says which."""
    CONTACT = "contact"
    """With whom; found as the person types."""
    BOOKING_START = "booking_start"
    """Takes another start into the form it stands in; its value is epoch seconds."""
    BOOKING_ASK = "booking_ask"
    """Asks somebody to connect a calendar, from the booking form; its value is his Slack id."""
    MOVING = "moving"
    """As `BOOKING`, on the form of another time, as is the next."""
    MOVING_START = "moving_start"
    OFFER_SLOTS = "offer_slots"
    """Offers free times of one's own in the channel; its value is the words of the question."""
    TAKE_OFFER = "take_offer"
    """Takes one of them; its value is an `OfferRef`."""
    WITHDRAW_OFFER = "withdraw_offer"
    """Takes the offer back; its value is the offer's id."""
    CARD = "card"
    """A button of an appointment's card, or of the view that tells what was done; its value is a `CardRef`."""
    CARD_MENU = "card_menu"
    """The same behind three dots."""


class CallbackId(StrEnum):
    """Modals that are submitted, and shortcuts."""

    FIND_A_TIME = "find_a_time"
    SET_UP = "set_up"
    AGREE_TO_CHOICE = "agree_to_choice"
    """What will change, before it does; the view carries a `WantedChoice`."""
    SETTINGS_HOURS = "settings_hours"
    SETTINGS_DATES = "settings_dates"
    SETTINGS_ZONE = "settings_zone"
    SETTINGS_MEETINGS = "settings_meetings"
    SETTINGS_LIMITS = "settings_limits"
    SETTINGS_AUDIENCE = "settings_audience"
    SETTINGS_BLOCKING = "settings_blocking"
    SETTINGS_VENUE = "settings_venue"
    BOOK = "book"
    """The view carries a `FormMark`, as does the next."""
    MOVE = "move"
    CANCEL = "cancel"
    """The view carries a `CardRef`."""


class SettingsTab(StrEnum):
    """The tabs of Calendar Settings."""

    CALENDARS = "calendars"
    AVAILABILITY = "availability"
    VIDEO = "video"


class BookingField(StrEnum):
    """The fields of the forms that book and move, as block ids."""

    HOSTS = "hosts"
    CONTACT = "contact"
    NAME = "name"
    TITLE = "title"
    VENUE = "venue"
    DETAILS = "details"
    MINUTES = "minutes"
    DAY = "day"
    START = "start"
    TIME = "time"
    """As `START`, freely chosen instead of one that is offered."""
    NOTE = "note"
    SWITCHES = "switches"
    REASON = "reason"


class BookingSwitch(StrEnum):
    """What can be ticked on them."""

    INVITES = "invites"
    HOLDS = "holds"
    OVERRIDES = "overrides"
    ANYWAY = "anyway"


class CommandName(StrEnum):
    """Slash commands."""

    DAYBOOK = "/daybook"
    SLOTS = "/daybook-slots"
    BOOK = "/daybook-book"
    AGENDA = "/daybook-agenda"
    SETTINGS = "/daybook-settings"


class EventName(StrEnum):
    """Events that Slack sends us."""

    APP_HOME_OPENED = "app_home_opened"
    USER_CHANGE = "user_change"


def numbered(action: ActionId, mark: object) -> str:
    """An action id that is unique among several of the same action, such as `run:status`.

    Slack refuses two equal ids in one block; what handles them is found by the part before the mark.
    """
    return f"{action}{_SEPARATOR}{mark}"


def base_name(action_id: str) -> str:
    """The action id without its mark."""
    return action_id.partition(_SEPARATOR)[0]
