"""What Daybook stores, in words for the people concerned."""

from bot.rendering.blocks import context, section
from bot.rendering.surfaces import Message

_STORED = (
    "*What Daybook stores of you*\n"
    "· your name, time zone, language and role, as Slack has them\n"
    "· the permission that Google or Zoom gave for each account, encrypted\n"
    "· the events of the calendars that you chose, from about a month back: times, titles, links to their pages, "
    "whether they are Busy or Free, your answer; of the linked calendar also who is invited, their answers, and the "
    "address of the video call. Descriptions, places and attachments are not kept; of the events Daybook wrote, also "
    "the place and text, to notice edits\n"
    "· the appointments that you host or book: with whom, when and where, the note, and who changed what; under "
    "two-way sync also which of Google's events are meetings with contacts\n"
    "· contacts, for your whole workspace: name, addresses, and what members add of phone, time zone, tags and note; "
    "which invitees you were asked about, and what you said; and addresses and domains that members left out for good\n"
    "· your triggers: their texts, the address and secret of a webhook, encrypted, and a record of what each did, when "
    "and about whom\n"
    "· the digests that you set up in channels or paused, the days on which they came, whether your own days may stand "
    "in one, how much of them, and where you were asked\n"
    "· which reminders you were sent, and when, for 30 days, without a title\n"
    "· your hours, limits and other choices under Calendar Settings, the switches of the sync option for 30 days, "
    "the events that you have it ignore, and your last round trip check: when it was, and how long it took\n\n"
    "It writes to Google and Zoom only what you tell it to, such as an appointment, *Mark it free* or a round trip "
    "check. For two-way sync it asks Slack which invitees are colleagues, and keeps the answer. A trigger hands on "
    "what its owner chose: a message to a channel or to the host, or the appointment with its contacts to a webhook."
)
_SEEN = (
    "*Who sees what*\n"
    "· colleagues see when you are free or busy, never a title; under Calendar Settings you choose which of them do\n"
    "· an appointment is seen by its hosts and by whoever booked it; who is invited reads its event in Google\n"
    "· the picture of a week stands in your direct messages with Daybook alone; *Open as a page* leads to a link that "
    "shows it for a day to whoever has it\n"
    "· contacts are seen by all colleagues, with the times at which you meet them; what your appointments are called "
    "is shown to you\n"
    "· a digest shows a channel no more of your days than you agreed to; private events and conflict calendars are "
    "never more than busy there\n"
    "· a reminder tells a channel that you chose when you have an appointment, and its title only if you want that\n"
    "· triggers tell what their owners chose; *Triggers* on Home lists those that look at your appointments, and whose "
    "they are\n"
    "· guests and people of other organisations see nothing"
)
_GONE = (
    "*How it goes away*\n"
    "`/daybook disconnect` removes an account with everything that was read from it, and gives the permission back "
    "unless another connection of Daybook's still needs it.\n"
    "`/daybook forget` erases you, or a contact everywhere, and tells what remains in Google, Zoom, Slack and "
    "backups. Of a contact who was forgotten a fingerprint of the address is kept, so that Google does not bring the "
    "person back. You can have what is stored sent to you first."
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
