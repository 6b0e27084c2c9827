"""`/daybook digest`: the digest of the channel it is called in; elsewhere, all that concern one."""

from bot.domain.digest_form import DigestForm
from bot.domain.people import Actor
from bot.rendering.digests.form import digest_form
from bot.rendering.digests.modals import digest_modal, digests_modal
from bot.rendering.digests.ref import POSTED, DigestMark
from handlers.digest_cases import DigestCases
from handlers.interaction import Command, Interaction
from handlers.registry import Work
from handlers.reply import Reply


def digest_work(cases: DigestCases) -> Work[Interaction]:
    """The channel's digest, the form where it has none, or the list."""

    def digest(actor: Actor, asked: Interaction, reply: Reply) -> None:
        if not (asked.is_in_channel and asked.channel_id):
            reply.open(digests_modal(cases.show_all(actor)))
            return
        found = cases.in_channel(actor, asked.channel_id)
        if isinstance(found, DigestForm):
            mark = DigestMark(asked.trigger_id, channel_id=asked.channel_id)
            is_again = isinstance(asked, Command) and asked.text == POSTED
            reply.open(digest_form(found, mark, is_again=is_again))
        else:
            reply.open(digest_modal(found))

    return digest
