"""*Add New*, and the question whose account it was."""

from collections.abc import Sequence

from bot.domain.accounts import Access, Account, Provider
from bot.domain.connections import ConnectOffer
from bot.domain.people import Actor
from bot.rendering.blocks import actions, button, context, section
from bot.rendering.names import ActionId, numbered
from bot.rendering.providers import COMPANY
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message, Modal
from bot.rendering.text import user_text

ADD_NEW = "Add New"
ASKED_AT_ONCE = 5
"""Accounts that wait for a word; the next ones are asked about once these have theirs."""


def connect_message(offer: ConnectOffer, *, only: Provider | None = None) -> Message:
    """What can be connected, for the asker alone: the links are his; one provider where only that is wanted."""
    if only is Provider.GOOGLE and offer.full:
        return _connect_one(offer, "Google Calendar", connect_link(offer))
    if only is Provider.ZOOM and offer.zoom:
        return _connect_one(offer, "Zoom", _zoom_link(offer))
    what = "Google Calendar or Zoom" if offer.zoom else "Google Calendar"
    return Message(text=f"Connect {what}. The links are for you alone.", blocks=_offer_blocks(offer))


def connect_modal(offer: ConnectOffer, *, note: str = "") -> Modal:
    """The same as a view on top of another; `note` says on top why it is shown."""
    told = (section(note),) if note else ()
    return Modal(title=ADD_NEW, blocks=(*told, *_offer_blocks(offer)))


def connect_link(offer: ConnectOffer, label: str = "Connect Google Calendar") -> Block:
    """The button that leaves for Google."""
    return button(label, numbered(ActionId.OPEN_LINK, Access.FULL), url=offer.full, primary=True)


def has_calendars_behind(action_id: str) -> bool:
    """Whether the *Yes, connect* that was pressed is about an account with calendars to choose from."""
    return not action_id.startswith(numbered(ActionId.CONFIRM_ACCOUNT, Provider.ZOOM))


def waiting(account: Account) -> tuple[Block, ...]:
    """The question whether an account that came back from the browser is the reader's own."""
    question = (
        f"{_named(account)} is ready to be connected{_extent(account)}. Is it yours? "
        f"Nothing is {_used(account)} before you answer."
    )
    mark = account.id if account.provider.has_calendars else f"{account.provider}-{account.id}"
    return (
        section(question),
        actions(
            button("Yes, connect", numbered(ActionId.CONFIRM_ACCOUNT, mark), value=str(account.id), primary=True),
            button("No, that is not me", numbered(ActionId.REJECT_ACCOUNT, account.id), value=str(account.id)),
        ),
    )


def ask_to_confirm(account: Account) -> Message:
    """The direct message after the browser."""
    return Message(text=f"{user_text(account.address)} is ready to be connected. Is it yours?", blocks=waiting(account))


def confirmed(account: Account) -> Message:
    """What takes the question's place after *Yes*."""
    address = user_text(account.address)
    return Message(text=f"{address} is connected.", blocks=(section(f"{_named(account)} is connected."),))


def rejected(account: Account) -> Message:
    """What takes the question's place after *No*."""
    text = (
        f"{_named(account)} is not connected. Its permission was given back and nothing was {_used(account)}. "
        f"If somebody sent you that link, do not open their links to connect {_things(account)}."
    )
    told = f"{user_text(account.address)} is not connected. Nothing was {_used(account)}."
    return Message(text=told, blocks=(section(text),))


def invitation(asker: Actor) -> Message:
    """What a member reads whom a colleague asked to connect a calendar."""
    text = (
        f"*{user_text(asker.name)}* would like to see when you are free, and no calendar of yours is connected. "
        "You choose what is shared: others only see busy or free, never a title."
    )
    return Message(
        text=f"{user_text(asker.name)} asks you to connect your calendar.",
        blocks=(
            section(text),
            actions(run("Connect", "connect", primary=True)),
        ),
    )


def _connect_one(offer: ConnectOffer, what: str, link: Block) -> Message:
    note = context("This link is for you alone, works once, and ends in 10 minutes.")
    text = f"Connect {what}. The link is for you alone."
    return Message(text, (*_waiting(offer), section(f"*Connect {what}*"), actions(link), note))


def _waiting(offer: ConnectOffer) -> list[Block]:
    return [block for account in offer.pending[:ASKED_AT_ONCE] for block in waiting(account)]


def _zoom_link(offer: ConnectOffer) -> Block:
    return button("Connect Zoom", numbered(ActionId.OPEN_LINK, Provider.ZOOM), url=offer.zoom)


def _offer_blocks(offer: ConnectOffer) -> tuple[Block, ...]:
    blocks: list[Block] = [*_waiting(offer), *_google(offer)]
    if offer.zoom:
        told = section("*Zoom*\nNew bookings get a link to meet by, made in your account.")
        blocks += [told, actions(_zoom_link(offer))]
    if offer.full or offer.zoom:
        blocks.append(context("These links are for you alone, work once, and end in 10 minutes."))
    if offer.accounts:
        blocks.append(context("Connected: " + _addresses(offer.accounts)))
    return tuple(blocks)


def _google(offer: ConnectOffer) -> list[Block]:
    if not offer.full:
        return [
            section(
                "Google Calendar cannot be connected here yet: whoever runs Daybook has to set "
                "`DAYBOOK_GOOGLE_CLIENT_ID` and `DAYBOOK_GOOGLE_CLIENT_SECRET` first."
            )
        ]
    return [
        section("*Google Calendar*\nAppointments go to one calendar that you choose; the others only block your time."),
        actions(connect_link(offer)),
        section("*Only to block time*\nRead-only, for an account that nothing is ever written to."),
        actions(
            button(
                "Connect for conflict calendars",
                numbered(ActionId.OPEN_LINK, Access.CONFLICT_ONLY),
                url=offer.conflict_only,
            )
        ),
    ]


def _addresses(accounts: Sequence[Account]) -> str:
    return " · ".join(
        user_text(account.address) + (f" ({COMPANY[account.provider]})" if account.provider is Provider.ZOOM else "")
        for account in accounts
    )


def _named(account: Account) -> str:
    address = f"*{user_text(account.address)}*"
    return f"The Zoom account {address}" if account.provider is Provider.ZOOM else address


def _used(account: Account) -> str:
    """What is done with an account that is connected."""
    return "made" if account.provider is Provider.ZOOM else "read"


def _things(account: Account) -> str:
    return "accounts" if account.provider is Provider.ZOOM else "calendars"


def _extent(account: Account) -> str:
    return " for conflict calendars, read-only" if account.access is Access.CONFLICT_ONLY else ""
