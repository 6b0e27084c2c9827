"""What Daybook stores, in words for the people concerned."""

from bot.rendering.blocks import context, section
from bot.rendering.surfaces import Message

_STORED = (
    "*What Daybook stores of you*\n"
    "· your name, time zone and role, as Slack has them\n"
    "· the permission that Google or Zoom gave for each account, encrypted\n"
    "· the events of the calendars that you chose, from about a month back: times, titles, links to their pages, "
    "whether they are Busy or Free, your answer. Descriptions, places, guests and attachments are not kept; of the "
    "events Daybook wrote, also the place and text, to notice edits\n"
    "· the appointments that you host or book: with whom, when and where, the note, and who changed what; and contacts "
    "by name and address, for your whole workspace\n"
    "· your hours, limits and other choices under Calendar Settings, and the events that you have it ignore\n\n"
    "It writes to Google and Zoom only what you tell it to, such as an appointment or *Mark it free*."
)
_SEEN = (
    "*Who sees what*\n"
    "· colleagues see when you are free or busy, never a title; under Calendar Settings you choose which of them do\n"
    "· an appointment is seen by its hosts and by whoever booked it; who is invited reads its event in Google\n"
    "· guests and people of other organisations see nothing"
)
_GONE = (
    "*How it goes away*\n"
    "`/daybook disconnect` removes an account with everything that was read from it, and gives the permission back "
    "unless another connection of Daybook's still needs it."
)


def privacy_message() -> Message:
    """What is stored, who sees it and how it goes away."""
    return Message(
        text="What Daybook stores of you, who sees it, and how it goes away.",
        blocks=(
            section(_STORED),
            section(_SEEN),
            section(_GONE),
            context("What else you type to Daybook, and what Slack sends it, is not stored."),
        ),
    )
