"""What people call a sync option, and what it means for them."""

from bot.domain.calendars import EventStyle, SyncOption

ONE_WAY_MEANS = "Google events show grey and block time; nobody is added to contacts."
ONE_WAY_SUITS = "Best if you meet people elsewhere and only want no double booking."


def option_name(option: SyncOption) -> str:
    """`one-way` or `two-way`."""
    return "two-way" if option.event_style is EventStyle.COLOURED else "one-way"
