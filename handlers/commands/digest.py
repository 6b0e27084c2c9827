"""`/daybook digest`: the digest of the channel it is called in; elsewhere, all that concern one."""

from bot.domain.digest_form import DigestForm
from bot.domain.people import Actor
from bot.rendering.digests.form import digest_form
from bot.rendering.digests.modals import digest_modal, digests_modal
from bot.rendering.digests.ref import POSTED, DigestMark
from handlers.digest_cases import DigestCases
from handlers.interaction import Command, Interaction, Surface
from handlers.registry import Work
from handlers.reply import Reply

# The first letter of a direct message's id.
_DIRECT_MESSAGE = "D"


def digest_work(cases: DigestCases) -> Work[Interaction]:
    """The channel's digest, the form where it has none, or the list."""

    def digest(actor: Actor, asked: Interaction, reply: Reply) -> None:
        in_channel = asked.surface is Surface.CHANNEL and asked.channel_id
        if not in_channel or asked.channel_id.startswith(_DIRECT_MESSAGE):
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
