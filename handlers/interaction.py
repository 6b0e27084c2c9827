"""What people did in Slack, as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.errors import DaybookError
from bot.rendering.problem import OUTDATED
from bot.usecases.resolve_actor import Asker

# The first letter of a direct message's id.
_DIRECT_MESSAGE = "D"


class FormOutdated(DaybookError):
    """Something that this version does not show: what is missing from it must not count as emptied."""

    def __init__(self) -> None:
        super().__init__(OUTDATED)


class Surface(StrEnum):
    """Where an interaction happened."""

    CHANNEL = "channel"
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class ViewRef:
    """A view that Slack shows; `hash` names the state the person acted on, `previous_id` the view below it."""

    id: str
    hash: str
    callback_id: str
    private_metadata: str
    previous_id: str = ""


@dataclass(frozen=True, slots=True)
class Values:
    """What a view's inputs hold, by block id and action id."""

    _held: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def all(self, action_id: str, *, block_id: str = "") -> tuple[str, ...]:
        """Everything chosen in the input, empty if it holds nothing. Without a block id the first such input."""
        for (block, action), held in self._held.items():
            if action == action_id and block_id in ("", block):
                return held
        return ()

    def in_block(self, block_id: str) -> str:
        """What the one input of a block holds, whatever its action id, or an empty text."""
        held = self.all_in_block(block_id)
        return held[0] if held else ""

    def all_in_block(self, block_id: str) -> tuple[str, ...]:
        """Everything chosen in the one input of a block."""
        return next((held for (block, _), held in self._held.items() if block == block_id), ())

    def has_block(self, block_id: str) -> bool:
        """Whether there is such an input, empty or not."""
        return any(block == block_id for block, _ in self._held)

    def given(self, action_id: str, *, block_id: str) -> tuple[str, ...]:
        """Everything chosen in an input that the view has; raises `FormOutdated` where it is not there at all."""
        if (block_id, action_id) not in self._held:
            raise FormOutdated
        return self._held[block_id, action_id]

    def one(self, action_id: str, *, block_id: str = "") -> str:
        """The text, choice, day or person in the input, or an empty text."""
        held = self.all(action_id, block_id=block_id)
        return held[0] if held else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """What every interaction has: who, and the ways to answer him; `thread_ts` names the thread it was written in."""

    asker: Asker
    surface: Surface = Surface.CHANNEL
    trigger_id: str = ""
    response_url: str = ""
    channel_id: str = ""
    thread_ts: str = ""
    view: ViewRef | None = None

    @property
    def can_share(self) -> bool:
        """Whether an answer to this can be shown to others where it was asked: not in a direct message."""
        return self.is_in_channel and bool(self.response_url)

    @property
    def is_in_channel(self) -> bool:
        """Whether it was asked in a channel, and not in a direct message."""
        return self.surface is Surface.CHANNEL and not self.channel_id.startswith(_DIRECT_MESSAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Interaction):
    """A slash command; `text` is what followed it, as it was typed, with people as `<@U1|name>`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Interaction):
    """A button pressed or an element changed; `chosen` is what a select, picker or set of boxes holds now.

    `values` is what all the inputs of the view hold, where it happened in one.
    """

    action_id: str
    value: str
    chosen: tuple[str, ...]
    values: Values = field(default_factory=Values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Interaction):
    """A modal submitted."""

    callback_id: str
    private_metadata: str
    values: Values
    view: ViewRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Interaction):
    """A select that asks for its options as the person types."""

    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut(Interaction):
    """A global shortcut."""

    callback_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened(Interaction):
    """The Home tab was opened; `view` is what it showed, if anything was ever published."""

    tab: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Interaction):
    """Something happened that nobody pressed; `asker` is whom it is about."""
