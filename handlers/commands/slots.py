"""`/daybook slots`: who is free, or the form that asks."""

from datetime import datetime

from bot.domain.availability import Mode
from bot.domain.day_words import UnclearWhen
from bot.domain.people import Actor
from bot.domain.slots_request import SlotsRequest, UnclearRequest, parse_slots_request
from bot.domain.wall_time import zone_named
from bot.domain.when import first_day_meant
from bot.ports import Clock
from bot.rendering.find_a_time import find_a_time, opening
from bot.rendering.question import MOST_PEOPLE
from bot.rendering.slots import slots_message, unclear_message
from bot.rendering.surfaces import Message, Modal
from bot.rendering.zones import iso_day
from bot.usecases.find_slots import FindSlots
from handlers.interaction import Command
from handlers.registry import Work
from handlers.reply import Reply


def slots_work(find_slots: FindSlots, clock: Clock) -> Work[Command]:
    """The answer, said where the person is; asked for with no words, the form *Find a time*."""

    def slots(actor: Actor, command: Command, reply: Reply) -> None:
        if command.text:
            reply.say(answer(find_slots, actor, slots_request_in(command.text), can_share=command.can_share))
        else:
            reply.open(blank_form(actor, clock.now()))

    return slots


def slots_loading(command: Command) -> Modal | None:
    """What is opened at once: the form is a modal, an answer is not."""
    return None if command.text else opening()


def slots_request_in(words: str) -> SlotsRequest:
    """What is asked in words; raises `UnclearWhen` and `UnclearRequest`."""
    request = parse_slots_request(words)
    if len(request.members) > MOST_PEOPLE:
        raise UnclearRequest(f"Ask about {MOST_PEOPLE} people at most.")
    return request


def answer(
    find_slots: FindSlots,
    actor: Actor,
    request: SlotsRequest,
    *,
    can_share: bool,
    asked: tuple[str, ...] = (),
    is_whole: bool = False,
) -> Message:
    """The slots, a few or all of a day's, or what the time that was asked about could mean."""
    try:
        found = find_slots(actor, request)
    except UnclearWhen as unclear:
        return unclear_message(request, unclear)
    return slots_message(found, actor.member_id, asked=asked, can_share=can_share, is_whole=is_whole)


def blank_form(actor: Actor, now: datetime) -> Modal:
    """*Find a time* as it opens: the actor's own time, today."""
    return find_a_time(SlotsRequest(members=(actor.slack_user_id,), when=iso_day(now, actor.zone)))


def anyone_then(actor: Actor, words: str, now: datetime) -> SlotsRequest:
    """What *Find a time* holds where somebody asked who is free and named nobody.

    `words` say when, and how long: its day is the first that they may mean, or today.
    """
    asked = slots_request_in(words)
    day = first_day_meant(asked.when, now=now, zone=zone_named(actor.zone), habits=actor.habits)
    return SlotsRequest((actor.slack_user_id,), Mode.ANY, asked.minutes, day.isoformat())
