"""Another member's time as the reader is told of it: when he is busy, or why nobody can say."""

from datetime import date

from bot.domain.intervals import Interval
from bot.domain.people import Member
from bot.domain.slots_request import SlotsRequest
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.blocks import actions, button, section
from bot.rendering.caveats import ask_to_connect, no_calendar
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block
from bot.rendering.wording import name_of
from bot.rendering.zones import from_to


def busy_line(span: Interval, near: date, zone: str, there: str) -> str:
    """`busy 15:00-16:00 (9:00-10:00)`: by the clock of `zone`, and in brackets by that of `there`, if it is named."""
    here = f"busy {from_to(*span, zone, near=near)}"
    return f"{here} ({from_to(*span, there, near=near)})" if there else here


def silent(member: Member, day: date | None) -> list[Block]:
    """He has no calendar connected; from `day` on he can be asked to connect one, unless all of it is past."""
    told = section(no_calendar(member))
    if day is None:
        return [told]
    question = SlotsRequest(members=(member.slack_user_id,), when=day.isoformat())
    return [told, actions(ask_to_connect(member, question))]


def not_read_yet(member: Member, action: ActionId, ref: AgendaRef) -> list[Block]:
    """His calendar is read for the first time; the button, an `action`, asks again for what `ref` says."""
    text = f"{name_of(member)}'s calendar is being read for the first time, so nobody can say yet."
    return [section(text, accessory=button("Ask again", numbered(action, "again"), value=ref.value()))]


def is_date(text: str) -> bool:
    """Whether it is `2026-11-24`, rather than words."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
