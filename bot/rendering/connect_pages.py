"""What the browser's pages say while an account is connected."""

from bot.domain.accounts import Provider
from bot.domain.connections import Arrival
from bot.domain.errors import ConsentIncomplete
from bot.rendering.pages import Page
from bot.rendering.providers import COMPANY

# Who came with a link that is not ours any more is not known: Slack itself knows where he was last.
_SLACK = "https://app.slack.com/client"
_PERMISSIONS = {
    "calendar.events": "see and edit events, to write appointments and keep them in step",
    "calendar.events.readonly": "see events, to know when you are busy",
    "calendar.events.freebusy": "see when calendars are busy, to check again just before a booking",
    "calendar.calendarlist.readonly": "see the list of your calendars, for you to choose from",
    "user:read:user": "see whose account it is",
    "meeting:write:meeting": "make a meeting for a booking",
    "meeting:read:meeting": "check that a meeting is still there",
    "meeting:read:list_meetings": "find a meeting again instead of making a second one",
    "meeting:update:meeting": "move the meeting when a booking is moved",
    "meeting:delete:meeting": "remove the meeting when a booking is cancelled",
}
_AT_RISK = {
    Provider.GOOGLE: "would get to see your calendar",
    Provider.ZOOM: "could have meetings made in your account",
}
_NOTHING_BEFORE = {Provider.GOOGLE: "Nothing is read", Provider.ZOOM: "Nothing is made"}


def arrived(arrival: Arrival) -> Page:
    """The account came back and waits for its member."""
    provider = arrival.account.provider
    where = (
        "A direct message from Daybook asks whether this account is yours. "
        f"{_NOTHING_BEFORE[provider]} before you answer there."
        if arrival.asked
        else "Slack did not take Daybook's message just now. Type /daybook connect there: the question stands in it."
    )
    return Page(
        title="One step left, in Slack",
        facts=(
            (f"{COMPANY[provider]} account", arrival.account.address),
            ("Slack member", f"{arrival.actor.name} in {arrival.workspace_name}"),
        ),
        paragraphs=(
            where,
            f"Is that not your name? Then somebody sent you their link, and {_AT_RISK[provider]}. Undo it.",
        ),
        back_url=f"https://app.slack.com/client/{arrival.actor.slack_team_id}",
        stop_ticket=arrival.stop,
    )


def incomplete(error: ConsentIncomplete, provider: Provider) -> Page:
    """Which permissions are missing, what each is needed for, and who can mend that."""
    whose_fault = (
        (
            "The app that Daybook is at Zoom lacks these. Nothing was stored.",
            "Whoever runs Daybook has to add them at marketplace.zoom.us, under Scopes. Then ask for a new link.",
        )
        if provider is Provider.ZOOM
        else (
            "Google lets you untick permissions one by one, and these were left out. Nothing was stored.",
            "Go back to Slack, ask for a new link with /daybook connect, and leave every box ticked.",
        )
    )
    needed = tuple((_short(scope), _PERMISSIONS.get(_short(scope), "needed by Daybook")) for scope in error.missing)
    return Page(
        title="A permission is missing" if len(needed) == 1 else "Some permissions are missing",
        facts=needed,
        paragraphs=whose_fault,
        back_url=_SLACK,
        status=400,
    )


def not_connected(sentence: str, *, status: int = 400) -> Page:
    """The connection did not come about; the sentence says why and what to do."""
    return Page(title="Not connected", paragraphs=(sentence,), back_url=_SLACK, status=status)


def stopped() -> Page:
    """*This was not me* worked."""
    return Page(
        title="Undone",
        paragraphs=(
            "The account is not connected any more. What Daybook had of it is erased, and its permission given back.",
        ),
    )


def _short(scope: str) -> str:
    return scope.rpartition("/")[2]
