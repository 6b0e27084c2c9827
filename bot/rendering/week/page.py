"""The same picture and text as a page, for who opens its link."""

from bot.domain.week import Week
from bot.rendering.pages import Page, page_style
from bot.rendering.reader import read_by
from bot.rendering.week.shapes import svg_of, template
from bot.rendering.week.svg import draw_week
from bot.rendering.week.words import days_told, heading, notes_of

NEW_ONE = "Type /daybook week in Slack for a new link."
_UNTIL = "This link works for a day, for whoever has it. " + NEW_ONE


def render_week_page(week: Week) -> str:
    """The page as HTML; the browser draws the picture, by its own letters and as large as one likes."""
    with read_by(week.habits):
        return template("page.html").render(
            title=heading(week),
            style=page_style(),
            # Made by our own template, which escapes every text.
            picture=svg_of(draw_week(week), with_other_letters=True),
            notes=notes_of(week),
            days=list(days_told(week)),
            until=_UNTIL,
        )


def no_week(why: str) -> Page:
    """Said where there is nothing to show."""
    return Page("This week is not shown", (why, NEW_ONE), status=404)
