"""A member who acts through a browser: where a person says what he means, a form says exactly where."""

import dataclasses
import threading
from collections.abc import Mapping, Sequence

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.blocks import elements_of
from bot.sandbox.slack.delivery import Courier
from bot.sandbox.slack.files import Files
from bot.sandbox.slack.finding import Spot, Surface
from bot.sandbox.slack.forms import stateful
from bot.sandbox.slack.page.choices import entered, humans, names, offers
from bot.sandbox.slack.page.window import Window, key_of
from bot.sandbox.slack.people import Member, Workspace
from bot.sandbox.slack.person import Person
from bot.sandbox.slack.shape import Json

Place = tuple[str, str]
"""Where an element stands on a surface: its block id and its action id."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """A confirmation that waits for its answer: what it is about, and what is to stand there then."""

    spot: Spot
    state: Json
    confirm: Json


class Visitor(Person):
    """One member in one browser window."""

    def __init__(self, backend: Backend, courier: Courier, user_id: str) -> None:
        """Be the member with this id.

        Raises:
            KeyError: nobody has this id.
        """
        super().__init__(backend, courier, user_id)
        self.workspace: Workspace = self._workspace
        self.window = Window(backend, self._workspace, self.member)
        self._screen = self.window
        self.asked: Asked | None = None
        # What could not be done the last time.
        self.notice = ""
        self._found: dict[tuple[str, Place], list[Json]] = {}
        self._read_to = backend.pulse.count

    @property
    def zone(self) -> str:
        """The zone in which the member reads and means times."""
        return self.member.tz or "UTC"

    @property
    def files(self) -> Files:
        """The files that pictures are made of."""
        return self._backend.files

    def unread(self, *, reading: bool) -> int:
        """How many messages are new since they were last looked at; `reading` looks at them now."""
        with self._backend.pulse:
            number = sum(message.changed > self._read_to for message in self.messages)
            if reading:
                self._read_to = self._backend.pulse.count
            return number

    def options_at(self, surface: Surface, place: Place, element: Json) -> list[Json]:
        """Every option that the element at this place offers just now."""
        block_id, action_id = place
        return offers(element, surface.values[block_id][action_id], self._found.get((key_of(surface), place), ()))

    def keeps(self, key: str, given: Mapping[Place, Sequence[str]]) -> None:
        """Leave in the fields of a surface what a form brought for them; what has gone meanwhile is left out.

        Raises:
            CannotDo: the surface is gone, or a modal is in the way.
            NoSuchChoice: a field does not offer that.
        """
        surface = self._surface(key)
        with self._backend.pulse:
            for block, element in list(stateful(surface.blocks)):
                place = block["block_id"], element["action_id"]
                if place not in given:
                    continue
                known = names(element, self.workspace, self.member)
                options = self.options_at(surface, place, element)
                state = entered(element, given[place], options, known, self.zone)
                if surface.values[place[0]][place[1]] != state:
                    self._stand(surface, place, state)

    def presses(self, key: str, place: Place, value: str | None = None) -> str:
        """Press a button, or the entry of a menu with this value; gives the address it leads to, if it is a link.

        Where it asks for confirmation nothing happens before that is given, see `answers`.

        Raises:
            CannotDo: it is not there any more, or a modal is in the way.
        """
        spot = self._spot(key, place, value)
        state = {} if spot.option is None else {"selected_option": spot.option}
        return _leads_to(spot) if self._act_if_agreed(spot, state) else ""

    def changes(self, key: str, place: Place, given: Sequence[str]) -> None:
        """Change a field of which the app wants to hear at once.

        Raises:
            CannotDo: it is not there any more, or a modal is in the way.
            NoSuchChoice: it does not offer that.
        """
        spot = self._spot(key, place)
        known = names(spot.element, self.workspace, self.member)
        options = self.options_at(spot.surface, place, spot.element)
        self._act_if_agreed(spot, entered(spot.element, given, options, known, self.zone))

    def searches(self, key: str, place: Place, typed: str) -> None:
        """Type into a field whose options come from the app; they are offered from now on.

        Raises:
            CannotDo: it is not there any more, or a modal is in the way.
        """
        spot = self._spot(key, place)
        self._found[key, place] = self._suggested(spot, typed)
        self._backend.pulse.beat()

    def answers(self, *, agree: bool) -> str:
        """Answer the confirmation that was asked for; gives the address that what was pressed leads to, if any.

        Raises:
            CannotDo: nothing was asked, or what it was about is gone.
        """
        asked, self.asked = self.asked, None
        self._backend.pulse.beat()
        if asked is None:
            raise self._cannot("answer: nothing was asked")
        if not agree:
            return ""
        spot = asked.spot
        if self.window.within_reach(key_of(spot.surface)) is None or spot.block not in spot.surface.blocks:
            raise self._cannot("go on: what this was about is gone")
        self._do(spot, asked.state)
        return _leads_to(spot)

    def _act_if_agreed(self, spot: Spot, state: Json) -> bool:
        self.window.mark()
        self._be_able()
        if "confirm" in spot.element:
            self.asked = Asked(spot, state, spot.element["confirm"])
            self._backend.pulse.beat()
            return False
        self._do(spot, state)
        return True

    def _do(self, spot: Spot, state: Json) -> None:
        place = spot.block_id, spot.element["action_id"]
        if spot.option is None and state:
            self._stand(spot.surface, place, state)
        self._act(spot, state)

    def _stand(self, surface: Surface, place: Place, state: Json) -> None:
        with self._backend.pulse:
            surface.values[place[0]][place[1]] = state
            surface.changed = self._backend.pulse.beat()

    def _surface(self, key: str) -> Surface:
        surface = self.window.within_reach(key)
        if surface is None:
            raise self._cannot("do that: it is not there any more, or a modal is in the way")
        return surface

    def _spot(self, key: str, place: Place, value: str | None = None) -> Spot:
        surface = self._surface(key)
        with self._backend.pulse:
            for block in surface.blocks:
                for element in elements_of(block):
                    if (block["block_id"], element.get("action_id")) == place:
                        entries = [o for o in element.get("options", ()) if o["value"] == value]
                        return Spot(surface, block, element, "", entries[0] if entries else None)
        raise self._cannot("do that: it is not there any more")


class Visitors:
    """Everyone who has been somebody on the page; one for each member."""

    def __init__(self, backend: Backend, courier: Courier) -> None:
        """Nobody yet."""
        self._backend = backend
        self._courier = courier
        self._lock = threading.Lock()
        self._all: dict[str, Visitor] = {}

    def of(self, user_id: str) -> Visitor:
        """The visitor who is this member.

        Raises:
            KeyError: no human being has this id.
        """
        with self._lock:
            if user_id not in self._all:
                if user_id not in {member.id for workspace in self.everyone() for member in workspace[1]}:
                    raise KeyError(user_id)
                self._all[user_id] = Visitor(self._backend, self._courier, user_id)
            return self._all[user_id]

    def everyone(self) -> list[tuple[Workspace, list[Member]]]:
        """Every workspace and the human beings in it."""
        with self._backend.pulse:
            return [(workspace, humans(workspace)) for workspace in self._backend.people.workspaces.values()]


def _leads_to(spot: Spot) -> str:
    return str((spot.option or spot.element).get("url", ""))
