"""What people call a sync option, and what it means for them."""

from bot.domain.calendars import ContactPolicy, EventStyle, SyncOption

ONE_WAY_MEANS = "Google events show grey and block time; nobody is added to contacts."
ONE_WAY_SUITS = "Best if you meet people elsewhere and only want no double booking."
TWO_WAY_MEANS = "Google events show in colour; outside invitees become contacts."
TWO_WAY_SUITS = "Best if you host meetings and follow up with guests."
BOTH_OPTIONS = f"*One-way* - recommended. {ONE_WAY_MEANS} {ONE_WAY_SUITS}\n*Two-way* - {TWO_WAY_MEANS} {TWO_WAY_SUITS}"

_MEANS = {
    ContactPolicy.KNOWN_ONLY: (
        "Google events show in colour; only people who are contacts already make one an appointment."
    ),
    ContactPolicy.ASK: "Google events show in colour; you are asked about outside invitees.",
}
_UNKNOWN = {
    ContactPolicy.NONE: "nobody becomes a contact",
    ContactPolicy.KNOWN_ONLY: "only known contacts",
    ContactPolicy.ASK: "asks about unknown invitees",
    ContactPolicy.CREATE: "adds unknown invitees",
}


def option_name(option: SyncOption) -> str:
    """`one-way` or `two-way`."""
    return "two-way" if option.event_style is EventStyle.COLOURED else "one-way"


def option_told(option: SyncOption) -> str:
    """The option with what is set finer under it: `two-way (asks about unknown invitees, triggers off)`."""
    if option.event_style is EventStyle.BLOCKED:
        return option_name(option)
    fires = "triggers on" if option.fire_triggers else "triggers off"
    return f"{option_name(option)} ({_UNKNOWN[option.contact_policy]}, {fires})"


def option_meaning(option: SyncOption) -> str:
    """The one plain sentence of it."""
    return _MEANS.get(option.contact_policy, TWO_WAY_MEANS) if option_name(option) == "two-way" else ONE_WAY_MEANS
