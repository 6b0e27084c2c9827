"""A human being in Slack: types, clicks, fills in and reads, and is shown what the app makes of it."""

from collections.abc import Callable, Sequence

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.choosing import NoSuchChoice, Wanted, chosen, complaints
from bot.sandbox.slack.commanding import run_command
from bot.sandbox.slack.composition import OPTION
from bot.sandbox.slack.delivery import Courier
from bot.sandbox.slack.escaping import escaped
from bot.sandbox.slack.finding import Spot, buttons, fields
from bot.sandbox.slack.messages import Draft, Message
from bot.sandbox.slack.payloads import Payloads, event_callback
from bot.sandbox.slack.people import Channel
from bot.sandbox.slack.screen import Screen
from bot.sandbox.slack.shape import Json, array
from bot.sandbox.slack.submitting import settle
from bot.sandbox.slack.views import View

_QUERY_LENGTH = 3
# Who waits is done as soon as it comes; a full machine may take its time.
WAIT_SECONDS = 60.0


class CannotDo(AssertionError):
    """What a person set out to do cannot be done with what is on the screen, a picture of which is in the message."""


class Person:
    """One member at one device; every action is delivered before the method returns."""

    def __init__(self, backend: Backend, courier: Courier, user_id: str) -> None:
        """Be the member with this id.

        Raises:
            KeyError: nobody has this id.
        """
        self._backend = backend
        self._courier = courier
        self._workspace = backend.people.home_of(user_id)
        self.member = self._workspace.members[user_id]
        self._screen = Screen(backend, self._workspace, self.member)
        self._payloads = Payloads(backend, self._workspace, self.member)

    # What is on the screen

    @property
    def modal(self) -> View | None:
        """The modal on top, if one is open."""
        return self._screen.modal

    @property
    def home(self) -> View | None:
        """The Home tab, if anything was published there."""
        return self._screen.home

    @property
    def messages(self) -> list[Message]:
        """Every message to be seen, the one that changed last at the end."""
        return self._screen.messages

    def sees(self) -> str:
        """What is new since the last action, and the modal if one is open, as it reads."""
        return self._screen.news()

    def reads(self, shown: Message | View) -> str:
        """One message or view, as it reads."""
        return self._screen.read(shown)

    def waits_for(self, what: str | Callable[[], bool], seconds: float = WAIT_SECONDS) -> str:
        """Wait until these words are among the new, or this holds; gives what is to be seen then.

        Raises:
            CannotDo: it did not come within `seconds`.
        """
        holds = what if callable(what) else lambda: what in self.sees()
        if not self._backend.pulse.wait_until(holds, seconds):
            raise self._cannot(f"wait longer than {seconds:g} s for {what!r}")
        return self.sees()

    # What a person does

    def types(self, text: str, channel: str | None = None) -> None:
        """Send a slash command, in the direct messages with the app or in a channel, by its name or id.

        Raises:
            CannotDo: a modal is in the way, the person is not in that channel, or the app is not installed.
        """
        self._be_free()
        self._screen.turn_to(home=False)
        run_command(self._backend, self._courier, self._payloads, self.member, self._channel(channel), text)

    def writes(self, text: str, channel: str | None = None) -> None:
        """Write a message to the app, in the direct messages with it, or in a channel, of which the app hears nothing.

        What the app itself writes there, it is not told of here.

        Raises:
            CannotDo: a modal is in the way, the app takes no messages or is not installed, or the person is not in
                that channel.
        """
        self._be_free()
        app = self._backend.app
        if channel is None and (not app.messages_tab or app.messages_tab_read_only):
            raise self._cannot("write to the app: it takes no messages")
        self._screen.turn_to(home=False)
        marked = escaped(text, self._workspace)
        message = self._backend.messages.post(self._channel(channel), self.member.id, Draft(marked))
        # Slack lets an app hear of direct messages only where it may read them too.
        if channel is None and "message.im" in app.events and "im:history" in app.scopes:
            self._courier.event(event_callback(self._backend, self._workspace, self._payloads.written(message)))

    def uses_shortcut(self, name: str) -> None:
        """Choose a global shortcut by its name.

        Raises:
            CannotDo: a modal is in the way, or the app has no shortcut of this name.
        """
        self._be_free()
        self._screen.mark()
        callback_id = self._backend.app.shortcuts.get(name)
        if callback_id is None:
            raise self._cannot(f"find a shortcut {name!r}")
        self._courier.interaction(self._payloads.shortcut(callback_id))

    def opens_home(self, tab: str = "home") -> None:
        """Go to the app's Home, or another tab of the app, `messages` or `about`.

        Raises:
            CannotDo: a modal is in the way, or the app is not installed.
        """
        self._be_free()
        self._screen.turn_to(home=tab == "home")
        if "app_home_opened" in self._backend.app.events:
            event = self._payloads.home_opened(tab)
            self._courier.event(event_callback(self._backend, self._workspace, event))

    def clicks(self, label: str, *, near: str | None = None, agree: bool = True) -> str:
        """Click a button, or an entry of a menu, by its text; gives the address it leads to, if it is a link.

        Args:
            label: the text on the button.
            near: a text beside it, where several buttons are called so.
            agree: what to answer where it asks for confirmation.

        Raises:
            CannotDo: there is no such button, or more than one.
        """
        with self._backend.pulse:
            spot = self._only([buttons(s, label, near) for s in self._screen.surfaces()], f"click [{label}]")
        self._screen.mark()
        self._be_able()
        pressed = spot.option or spot.element
        if "confirm" in spot.element and not agree:
            return ""
        state = {} if spot.option is None else {"selected_option": spot.option}
        self._act(spot, state)
        return str(pressed.get("url", ""))

    def fills(self, label: str, wanted: Wanted) -> None:
        """Fill a field in by its label; where the app asked to hear of it at once, it does.

        Args:
            label: the label, its beginning, or a text beside the field.
            wanted: words as they stand on the screen; a list for a field that takes several; None empties it.

        Raises:
            CannotDo: there is no such field, or it does not offer that.
        """
        spot = self._field(label)
        self._screen.mark()
        try:
            offers = self._offers(spot, wanted)
            state = chosen(spot.element, wanted, offers, self._workspace)
        except NoSuchChoice as problem:
            raise self._cannot(f"fill {label!r} with {wanted!r}: {problem}") from None
        with self._backend.pulse:
            spot.surface.values[spot.block_id][spot.element["action_id"]] = state
            spot.surface.changed = self._backend.pulse.beat()
        if spot.block["type"] != "input" or spot.block.get("dispatch_action"):
            self._act(spot, state)

    def suggestions(self, label: str, typed: str) -> list[str]:
        """What a field whose options come from the app offers for what is `typed`.

        Raises:
            CannotDo: there is no such field.
        """
        return [option["text"]["text"] for option in self._suggested(self._field(label), typed)]

    def submits(self) -> None:
        """Submit the modal, unless Slack sees that it is incomplete and says so on it.

        Raises:
            CannotDo: no modal is open, or it has no button for that.
        """
        view = self.modal
        if view is None or "submit" not in view.given or view.given.get("submit_disabled"):
            raise self._cannot("submit: there is nothing to be submitted")
        self._screen.mark()
        if incomplete := complaints(view.blocks, view.values):
            self._backend.views.complain(view, incomplete)
            return
        self._be_able()
        with self._backend.pulse:
            payload = self._payloads.submission(view)
        settle(self._backend, self._workspace, view, self._courier.interaction(payload))

    def closes(self, *, all_of_them: bool = False) -> None:
        """Close the modal on top, or all.

        Raises:
            CannotDo: no modal is open.
        """
        view = self.modal
        if view is None:
            raise self._cannot("close a modal: none is open")
        self._screen.mark()
        views = self._backend.views
        closed = views.close_all(self.member.id) if all_of_them else views.close_top(self.member.id)
        cleared = all_of_them or bool(view.given.get("clear_on_close"))
        for one in closed:
            if one.given.get("notify_on_close"):
                self._courier.interaction(self._payloads.closing(one, cleared=cleared))

    # How it is done

    def _act(self, spot: Spot, state: Json) -> None:
        with self._backend.pulse:
            action = self._payloads.action(spot.block_id, spot.element, state)
            if isinstance(spot.surface, View):
                payload = self._payloads.view_action(spot.surface, action)
            else:
                payload = self._payloads.message_action(spot.surface, action)
        self._courier.interaction(payload)

    def _field(self, label: str) -> Spot:
        with self._backend.pulse:
            return self._only([fields(s, label) for s in self._screen.surfaces()], f"fill in {label!r}")

    def _only(self, found: Sequence[list[Spot]], doing: str) -> Spot:
        spots = next((spots for spots in found if spots), [])
        if not spots:
            raise self._cannot(f"{doing}: it is not there")
        if len(spots) > 1:
            raise self._cannot(f"{doing}: there are {len(spots)} of them; say near what")
        return spots[0]

    def _offers(self, spot: Spot, wanted: Wanted) -> list[Json]:
        if not spot.element["type"].endswith("external_select") or wanted is None:
            return []
        typed = [wanted] if isinstance(wanted, str) else list(wanted) if isinstance(wanted, Sequence) else []
        return [option for words in typed for option in self._suggested(spot, words)]

    def _suggested(self, spot: Spot, typed: str) -> list[Json]:
        if len(typed) < spot.element.get("min_query_length", _QUERY_LENGTH):
            return []
        with self._backend.pulse:
            action_id = spot.element["action_id"]
            payload = self._payloads.suggestion(spot.surface, spot.block_id, action_id, typed)
        answer = self._courier.interaction(payload).answer() or {}
        groups = answer.get("option_groups", [])
        options: list[Json] = [*answer.get("options", ()), *(o for group in groups for o in group["options"])]
        if wrong := list(array(OPTION, most=100, least=0)(options, "/options")):
            self._backend.problems.add("block_suggestion", "; ".join(str(finding) for finding in wrong))
            return []
        return options

    def _channel(self, named: str | None) -> Channel:
        if named is None:
            return self._backend.people.direct(self._workspace, self._workspace.bot.id, self.member.id)
        for channel in self._workspace.channels.values():
            if named.lstrip("#") in (channel.id, channel.name) and self.member.id in channel.members:
                return channel
        raise self._cannot(f"go to {named}")

    def _be_free(self) -> None:
        self._be_able()
        if self.modal is not None:
            raise self._cannot("get past the modal: it has to be closed first")

    def _be_able(self) -> None:
        if self.member.deleted or self._workspace.refused_because:
            raise self._cannot("use the app: the account is deactivated, or the app is not installed")

    def _cannot(self, doing: str) -> CannotDo:
        return CannotDo(f"{self.member.name} cannot {doing}. On the screen:\n{self._screen.picture()}")
