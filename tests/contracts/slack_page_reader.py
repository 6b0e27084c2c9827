"""A browser without scripts, as far as the stand-in's page needs one: reads, fills fields in and presses buttons."""

import dataclasses
from html.parser import HTMLParser

import httpx
from slack_bolt import Ack
from slack_sdk import WebClient

from bot.sandbox.slack.shape import Json
from tests.contracts.slack_standin_bot import Team
from tests.patience import PATIENCE

_BREAKS = {
    "p",
    "div",
    "li",
    "article",
    "header",
    "h1",
    "h2",
    "h3",
    "label",
    "legend",
    "section",
    "option",
    "br",
    "form",
}


@dataclasses.dataclass
class Control:
    """An input of a form, or one of its buttons; `text` is what it is called."""

    name: str
    value: str
    kind: str
    id: str = ""
    text: str = ""
    on: bool = True


@dataclasses.dataclass
class Form:
    """A form, and where it is sent."""

    action: str
    controls: list[Control] = dataclasses.field(default_factory=list)
    buttons: list[Control] = dataclasses.field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[Control] = []
        self.labels: dict[str, Control] = {}
        self.text = ""
        self._form = Form("")
        self._naming: list[tuple[str, Control]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value, found = given.get("name", ""), given.get("value", ""), given.get("id", "")
        self.text += "\n" if tag in _BREAKS else ""
        if tag == "form":
            self._form = Form(given["action"])
            self.forms.append(self._form)
        elif tag == "input":
            kind = given.get("type", "text")
            chosen = kind not in ("radio", "checkbox") or "checked" in given
            spoken = given.get("aria-label", "")
            self._form.controls.append(Control(name, value, kind, found, spoken, on=chosen))
        elif tag == "textarea":
            self._form.controls.append(Control(name, "", tag, found))
            self._naming.append((tag, self._form.controls[-1]))
        elif tag == "select":
            self._form.controls.append(Control(name, "", tag, found))
        elif tag == "option" and self._form.controls and "selected" in given:
            self._form.controls[-1].value = value
        elif tag in ("button", "a"):
            one = Control(name, value or given.get("href", ""), tag, found)
            (self.links if tag == "a" else self._form.buttons).append(one)
            self._naming.append((tag, one))
        elif tag in ("label", "legend"):
            self._naming.append((tag, self.labels.setdefault(given.get("for", ""), Control("", "", tag))))

    def handle_endtag(self, tag: str) -> None:
        if self._naming and self._naming[-1][0] == tag:
            self._naming.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag, control in self._naming[-1:]:
            if tag == "textarea":
                control.value += data
            else:
                control.text += data


class PageReader:
    """One window on the page of a stand-in."""

    def __init__(self, url: str, user_id: str = "") -> None:
        """Open the page, as this member if one is given."""
        self._url = url
        self.opens("/", {"as": user_id} if user_id else {})

    def opens(self, path: str, query: dict[str, str]) -> None:
        """Go to an address of the page."""
        self._read(
            httpx.get(f"{self._url}{path}", params=query, follow_redirects=True, trust_env=False, timeout=PATIENCE)
        )

    @property
    def lines(self) -> list[str]:
        """What is to be read, line by line."""
        return [" ".join(line.split()) for line in self._page.text.splitlines() if line.strip()]

    @property
    def buttons(self) -> list[str]:
        """What the buttons are called, those in front first."""
        return [button.text.strip() for form in reversed(self._page.forms) for button in form.buttons if button.text]

    @property
    def links(self) -> dict[str, str]:
        """Where each link leads, by its words."""
        return {" ".join(link.text.split()): link.value for link in self._page.links}

    def fill(self, label: str, value: str) -> None:
        """Put a value into the field with this label, or choose the radio button or box that has it."""
        control = self._labelled(label)
        if control.kind == "radio":
            for other in self._form_of(control).controls:
                other.on = other.on and other.name != control.name
        control.on = True
        if control.kind not in ("radio", "checkbox"):
            control.value = value

    def standing(self, label: str) -> str:
        """What stands in the field with this label."""
        return self._labelled(label).value

    def press(self, text: str) -> None:
        """Press the button with this text, the one in front where there are several."""
        found = [(form, one) for form in self._page.forms for one in form.buttons if one.text.strip() == text]
        form, button = found[-1]
        inputs = [(c.name, c.value) for c in [*form.controls, button] if c.on and c.name]
        data: dict[str, list[str]] = {}
        for name, value in inputs:
            data.setdefault(name, []).append(value)
        self._read(
            httpx.post(f"{self._url}{form.action}", data=data, follow_redirects=True, trust_env=False, timeout=PATIENCE)
        )

    def _labelled(self, label: str) -> Control:
        ids = [found for found, one in self._page.labels.items() if one.text.strip() == label]
        controls = [control for form in reversed(self._page.forms) for control in form.controls]
        return next(control for control in controls if (control.id and control.id in ids) or control.text == label)

    def _form_of(self, control: Control) -> Form:
        return next(form for form in self._page.forms if any(one is control for one in form.controls))

    def _read(self, answer: httpx.Response) -> None:
        self.status, self.html = answer.status_code, answer.text
        self._page = _Parser()
        self._page.feed(answer.text)


def as_ana(team: Team) -> PageReader:
    return PageReader(team.house.url, team.ana.id)


def post(team: Team, *blocks: Json, text: str = "x") -> None:
    team.client.chat_postMessage(channel=team.ana.id, text=text, blocks=list(blocks))


def opens_modal(team: Team, view: Json) -> None:
    def open_it(ack: Ack, client: WebClient, body: Json) -> None:
        # Before the ack, so that the modal is there when the page is drawn again.
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    team.bot().command("/help")(open_it)
