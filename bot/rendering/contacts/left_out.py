"""Who never becomes a contact: the team's own domains, and what members left out."""

from bot.domain.contact_edits import ContactField
from bot.domain.contact_views import LeftOutShown
from bot.rendering.blocks import VIEW_BLOCKS, actions, context, divider, fit, section
from bot.rendering.contacts.mark import ContactDeed, ContactMark
from bot.rendering.contacts.words import back, contact_address, go
from bot.rendering.form_blocks import field, text_input
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text

TITLE = "Left out of contacts"
_LONGEST_FIELD = 3000
_BLOCKED_SHOWN = 60
# Longer than what a mark carries in its words; such an address has to be named in full to be allowed again.
_LONGEST_ALLOWED = 100


def left_out_modal(shown: LeftOutShown, mark: ContactMark, *, note: str = "") -> Modal:
    """Both, with the field for the domains where the reader is an admin; `note` is what was just done, for mrkdwn."""
    here = mark.to(ContactDeed.LEFT_OUT)
    own = _field(shown) if shown.may_change else section(_own(shown))
    blocks: list[Block] = [
        *([section(note)] if note else []),
        section("Colleagues never become contacts: full members of this workspace, and everybody at your own domains."),
        own,
        divider(),
        section(
            "*Never added*"
            if shown.blocked
            else "*Never added*  nobody. *Never* on a question about an invitee adds a domain here."
        ),
        *(_blocked(pattern, here) for pattern in shown.blocked[:_BLOCKED_SHOWN]),
    ]
    if len(shown.blocked) > _BLOCKED_SHOWN:
        blocks.append(context(f"+{len(shown.blocked) - _BLOCKED_SHOWN} more"))
    shown_blocks = (*fit(blocks, limit=VIEW_BLOCKS - 1), actions(back(here)))
    if not shown.may_change:
        return Modal(TITLE, shown_blocks, private_metadata=here.value())
    return Modal(
        TITLE, shown_blocks, callback_id=CallbackId.LEFT_OUT, submit="Save domains", private_metadata=here.value()
    )


def _field(shown: LeftOutShown) -> Block:
    stands = "\n".join(shown.domains)
    return field(
        "Our domains",
        text_input(ActionId.SETTING, initial=stands, placeholder="acme.test", most=_LONGEST_FIELD, multiline=True),
        block_id=ContactField.DOMAINS,
        hint="One a line. Public mail such as gmail.com cannot be one. Only admins see this field.",
        optional=True,
    )


def _own(shown: LeftOutShown) -> str:
    named = ", ".join(user_text(domain, limit=100) for domain in shown.domains)
    return f"*Our domains*  {named or 'none named'}. _An admin can change them here._"


def left_out_name(pattern: str) -> str:
    """Who is left out by an address, or by a domain with an "@" in front; ready for mrkdwn."""
    return f"everybody at {contact_address(pattern[1:])}" if pattern.startswith("@") else contact_address(pattern)


def _blocked(pattern: str, here: ContactMark) -> Block:
    told = left_out_name(pattern)
    if len(pattern) > _LONGEST_ALLOWED:
        return section(f"· {told}")
    allowing = ContactMark(ContactDeed.ALLOW, first=here.first, words=pattern)
    return section(f"· {told}", accessory=go("Allow again", allowing))
