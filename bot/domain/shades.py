"""The colours of events in a linked calendar."""

from enum import StrEnum


class Shade(StrEnum):
    """How an event is shown: blocked by Google, an appointment with a contact, or another two-way event."""

    GREY = "grey"
    BLUE = "blue"
    TEAL = "teal"
