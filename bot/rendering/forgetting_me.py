"""`/daybook forget me`: what it means, and what was done."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.accounts import Provider
from bot.domain.appointments import Appointment
from bot.domain.connections import Revocation
from bot.domain.contact_views import MEETINGS_SHOWN, ContactMeeting
from bot.domain.erasure import EndedGrant, Forgetting, MemberHeld
from bot.rendering.blocks import actions, context, section
from bot.rendering.contacts.words import meeting_rows
from bot.rendering.forgetting import ME, TITLE, noted, ways_on
from bot.rendering.names import CallbackId
from bot.rendering.providers import COMPANY
from bot.rendering.standing import WHAT_CANCELLING_MEANS, named
from bot.rendering.surfaces import Block, Message, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed

_ADDRESSES_SHOWN = 4


def forget_me_form(held: MemberHeld, member_id: UUID, *, note: str = "") -> Modal:
    """What it means, or what stands in the way."""
    if held.under_way:
        return begun()
    if held.standing:
        meetings = [_meeting(one) for one in held.standing[:MEETINGS_SHOWN]]
        return Modal(
            TITLE,
            (*noted(note), *_standing(held, meetings), section(_what_it_means(held)), actions(*ways_on(ME))),
            callback_id=CallbackId.FORGET_ME,
            submit="Cancel and forget me",
            close="Keep",
            private_metadata=f"{member_id} {named(meetings)}",
        )
    return Modal(
        TITLE,
        (*noted(note), section(_what_it_means(held)), section(_what_stays()), actions(*ways_on(ME))),
        callback_id=CallbackId.FORGET_ME,
        submit="Forget me",
        close="Keep",
        private_metadata=str(member_id),
    )


def begun() -> Modal:
    """It goes on in the background."""
    told = (
        "*You are being forgotten.*\nNobody can book you any more. Daybook finishes what is on its way to Google and "
        "Zoom, gives your permissions back, and erases the rest. That takes a minute, an hour at most. A message "
        "follows when it is done."
    )
    return Modal(TITLE, (section(told),))


def member_forgotten(forgetting: Forgetting) -> Message:
    """The report."""
    lines = [
        "*You are forgotten.* Erased are your name, calendars and their events, hours, offers, triggers and accounts.",
        *_permissions(forgetting.ended),
        '· Past appointments stay for the others in them, with "somebody who left".',
        "· Google, Zoom and Slack keep what was written there: events, meetings, messages. Erase these yourself there.",
        "· Your colleagues' calendars may name you: what Daybook reads there is theirs.",
        "· Backups of Daybook's database keep what they hold until whoever runs Daybook deletes them.",
    ]
    last = "If you use Daybook again, or open its Home, it knows your name, zone and role from Slack anew."
    return Message("You are forgotten.", (section("\n".join(lines)), context(last)))


def _standing(held: MemberHeld, meetings: Sequence[ContactMeeting]) -> list[Block]:
    told = f"*These appointments of yours are to come.* {WHAT_CANCELLING_MEANS}"
    more = len(held.standing) - len(meetings)
    rest = [context(f"+{more} more: you are asked about them next.")] if more else []
    return [section(told), *meeting_rows(meetings, held.zone), *rest]


def _meeting(appointment: Appointment) -> ContactMeeting:
    return ContactMeeting(appointment.span, (), appointment.title, status=appointment.status, appointment=appointment)


def _what_it_means(held: MemberHeld) -> str:
    shown = [f"*{user_text(address, limit=100)}*" for address in held.addresses[:_ADDRESSES_SHOWN]]
    more = len(held.addresses) - len(shown)
    accounts = listed([*shown, f"{more} more"] if more else shown) or "no account"
    lines = [
        "Erase *you* from Daybook? It cannot be undone.",
        (
            f"· Connected: {accounts}. Each permission is given back to Google or Zoom, unless another member's or "
            "workspace's connection of the same account needs it."
        ),
        (
            f"· {counted(held.calendars, 'calendar')} and {counted(held.events, 'event')} read from there, your hours, "
            "settings, offers and triggers are erased."
        ),
        '· Past appointments stay for the others in them, with "somebody who left"; your notes in them go.',
        '· Appointments to come that you booked for others stay too, booked by "somebody who left".',
        "· Nobody is told.",
    ]
    return "\n".join(lines)


def _what_stays() -> str:
    return (
        "Daybook does not erase what stands in Google, Zoom and Slack, such as past events and messages, nor what "
        "backups of its database hold."
    )


def _permissions(ended: Sequence[EndedGrant]) -> list[str]:
    lines = []
    for provider in Provider:
        told = [one.revocation for one in ended if one.provider is provider]
        company = COMPANY[provider]
        if Revocation.FAILED in told:
            lines.append(
                f"· {company} did not take a permission back just now: remove Daybook in your {company} account."
            )
        elif Revocation.NEEDED_ELSEWHERE in told:
            lines.append(f"· A permission at {company} stays, because another connection of the same account needs it.")
        elif told:
            lines.append(f"· {company}: {counted(len(told), 'permission')} given back.")
    return lines
