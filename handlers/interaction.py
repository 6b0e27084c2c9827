"""What people did in Slack, as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.usecases.resolve_actor import Asker


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

    def one(self, action_id: str, *, block_id: str = "") -> str:
        """The text, choice, day or person in the input, or an empty text."""
        held = self.all(action_id, block_id=block_id)
        return held[0] if held else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """What every interaction has: who, and the ways to answer him."""

    asker: Asker
    surface: Surface = Surface.CHANNEL
    trigger_id: str = ""
    response_url: str = ""
    channel_id: str = ""
    view: ViewRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Interaction):
    """A slash command; `text` is what followed it, with mentions as `<@U1|name>` and & < > escaped."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Interaction):
    """A button pressed or an element changed; `chosen` is what a select, picker or set of boxes holds now."""

    action_id: str
    value: str
    chosen: tuple[str, ...]


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
class ProfileChanged(Interaction):
    """Somebody's profile changed; `asker` is the one whose it is."""
