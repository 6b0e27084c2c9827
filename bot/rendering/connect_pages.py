"""What the browser's pages say while an account is connected."""

from bot.domain.connections import Arrival
from bot.domain.errors import ConsentIncomplete
from bot.rendering.pages import Page

# Who came with a link that is not ours any more is not known: Slack itself knows where he was last.
_SLACK = "https://app.slack.com/client"
_PERMISSIONS = {
    "calendar.events": "see and edit events, to write appointments and keep them in step",
    "calendar.events.readonly": "see events, to know when you are busy",
    "calendar.events.freebusy": "see when calendars are busy, to check again just before a booking",
    "calendar.calendarlist.readonly": "see the list of your calendars, for you to choose from",
}


def arrived(arrival: Arrival) -> Page:
    """The account came back and waits for its member."""
    where = (
        "A direct message from Daybook asks whether this account is yours. Nothing is read before you answer there."
        if arrival.asked
        else "Slack did not take Daybook's message just now. Type /daybook connect there: the question stands in it."
    )
    return Page(
        title="One step left, in Slack",
        facts=(
            ("Google account", arrival.account.address),
            ("Slack member", f"{arrival.actor.name} in {arrival.workspace_name}"),
        ),
        paragraphs=(
            where,
            "Is that not your name? Then somebody sent you their link, and would get to see your calendar. Undo it.",
        ),
        back_url=f"https://app.slack.com/client/{arrival.actor.slack_team_id}",
        stop_ticket=arrival.stop,
    )


def incomplete(error: ConsentIncomplete) -> Page:
    """Which permissions are missing, and what each is needed for."""
    needed = tuple((_short(scope), _PERMISSIONS.get(_short(scope), "needed by Daybook")) for scope in error.missing)
    return Page(
        title="A permission is missing" if len(needed) == 1 else "Some permissions are missing",
        facts=needed,
        paragraphs=(
            "Google lets you untick permissions one by one, and these were left out. Nothing was stored.",
            "Go back to Slack, ask for a new link with /daybook connect, and leave every box ticked.",
        ),
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
