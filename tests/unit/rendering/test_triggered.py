"""What triggers say: fields filled in, foreign text literal, times for each reader."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appointments import Venue, Where
from bot.domain.contacts import Contact
from bot.domain.firings import Telling
from bot.domain.occasions import What
from bot.domain.templates import TemplateField
from bot.domain.triggers import sample
from bot.rendering.blocks import SECTION_TEXT
from bot.rendering.triggered import trigger_message
from tests.builders import ANA, at, second, span
from tests.trigger_builders import TO_SALES, a_trigger, an_occasion
from tests.unit.rendering.answers import ACME, actor, ana
from tests.unit.rendering.screen import read_message

MAYA = Contact(ANA, ACME.id, "maya@ortiz.test", "Maya Ortiz")
START, END = second("15:00"), second("15:30")
WHEN = f"<!date^{START}^{{date_short_pretty}} {{time}}|Tue 24 Nov 15:00 Berlin> - <!date^{END}^{{time}}|15:30 Berlin>"


def a_telling(text: str = "", what: What = What.BOOKED, contact: Contact = MAYA, **fields: Any) -> Telling:
    occasion = an_occasion(actor(), what, contacts=[contact], **fields)
    return Telling(ANA, a_trigger(actor(), what, action=replace(TO_SALES, text=text)), occasion, ana, ana)


def said(text: str = "", what: What = What.BOOKED, contact: Contact = MAYA, **fields: Any) -> str:
    return trigger_message(a_telling(text, what, contact, **fields)).text


def test_what_is_usually_said_when_nobody_wrote_anything() -> None:
    assert read_message(trigger_message(a_telling())) == [
        f"Booked: Maya Ortiz with Ana, {WHEN}",
        "_ Trigger *Tell sales*, set up by Ana",
    ]


@pytest.mark.parametrize(
    ("what", "begins"),
    [
        (What.RESCHEDULED, "Moved: Maya Ortiz with Ana, <!date^"),
        (What.CANCELLED, "Cancelled: Maya Ortiz with Ana, <!date^"),
        (What.SHOWED, "Maya Ortiz met Ana, <!date^"),
        (What.NO_SHOW, "Maya Ortiz did not show: Ana, <!date^"),
    ],
)
def test_each_occasion_has_its_usual_words(what: What, begins: str) -> None:
    assert said(what=what, before=span("9:00-9:30")).startswith(begins)


def alone(text: str = "", what: What = What.BOOKED, **fields: Any) -> str:
    """What is said of an appointment without a contact."""
    telling = a_telling(text, what, **fields)
    return trigger_message(replace(telling, occasion=replace(telling.occasion, contacts=()))).text


@pytest.mark.parametrize(
    ("what", "begins"),
    [
        (What.BOOKED, "Booked: Ana, <!date^"),
        (What.RESCHEDULED, "Moved: Ana, <!date^"),
        (What.CANCELLED, "Cancelled: Ana, <!date^"),
        (What.SHOWED, "It took place: Ana, <!date^"),
        (What.NO_SHOW, "Nobody came: Ana, <!date^"),
        (What.CONTACT_ADDED, "New contact"),
    ],
)
def test_without_a_contact_each_occasion_is_said_of_its_host_alone(what: What, begins: str) -> None:
    assert alone(what=what, before=span("9:00-9:30")).startswith(begins)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hello {contact}!", "Hello –!"),
        ("{host} met {contact}.", "Ana met –."),
        ("{contact}'s meeting with {host}", "–'s meeting with Ana"),
        ("New: {contact} ({email}) with {host}", "New: – (–) with Ana"),
        ("Termin: {host} mit {contact} am Montag", "Termin: Ana mit – am Montag"),
        ("Who: {contact}\nHost: {host}", "Who: –\nHost: Ana"),
        ("{contact}", "–"),
    ],
)
def test_where_there_is_no_contact_a_dash_stands_for_him_in_what_somebody_wrote(text: str, told: str) -> None:
    assert alone(text) == told


def test_a_new_contact_has_no_time() -> None:
    assert said(what=What.CONTACT_ADDED, span=None) == "New contact: Maya Ortiz, maya@ortiz.test"


def test_every_field_is_filled_in() -> None:
    text = "{contact}|{ EMAIL }|{host}|{title}|{where}|{what}|{when}"
    filled = said(text, venue=Venue(Where.PHONE, "+49 30 1"))
    assert filled == f"Maya Ortiz|maya@ortiz.test|Ana|Maya Ortiz and Ana|Phone +49 30 1|booked|{WHEN}"


def test_of_what_is_private_nothing_is_said_but_whose_it_is_and_when() -> None:
    text = "{contact}|{email}|{host}|{title}|{where}|{what}|{when}"
    telling = a_telling(text, venue=Venue(Where.PHONE, "+49 30 1"))
    private = trigger_message(replace(telling, is_private=True))
    assert private.text == f"somebody|–|Ana|a private appointment|–|booked|{WHEN}"


def test_what_there_is_nothing_to_say_of_is_a_dash() -> None:
    assert said("{before} and {title}", title="") == "– and –"


def test_lines_stay_lines_and_braces_that_are_no_field_stay() -> None:
    assert said("First {contact}\n\n  second {x}\n{}") == "First Maya Ortiz\n\n second {x}\n{}"


# fault 46
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1>", "&lt;@U1&gt;"),
        ("<https://evil.test|bank>", "&lt;https://evil.test|bank&gt;"),
        ("*bold* _it_ ~no~ `code`", "∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ"),
        (":tada:", "꞉tada:"),
        ("a\u202eb\u200bc\x00", "abc"),
        ("two\nlines", "two lines"),
        ("{when} {email}", "{when} {email}"),
    ],
)
def test_foreign_text_is_literal(name: str, shown: str) -> None:
    assert said("{contact}", contact=replace(MAYA, name=name)) == shown
    assert said("{title}", title=name) == shown


# fault 46
def test_a_mark_that_only_comes_together_in_the_text_is_literal_too() -> None:
    assert said(":{title}:", title="tada") == "꞉tada:"
    assert said("*{title}*", title="bold") == "∗bold∗"
    assert said("<{title}>", title="!channel") == "&lt;!channel&gt;"
    assert said("<!{title}|x>", title="date^1^{time}") == "&lt;!date^1^{time}|x&gt;"


# fault 46
@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from([f"{{{field}}}" for field in TemplateField]))
def test_nothing_that_people_write_calls_anybody_or_leads_anywhere(template: str, name: str, field: str) -> None:
    message = trigger_message(a_telling(f"{template}{field}{template}", contact=replace(MAYA, name=name), title=name))
    read_message(message)
    without_times = message.text.replace("<!date^", "")
    assert "<" not in without_times.replace(WHEN, "")


# fault 47
def test_a_long_text_is_cut_before_a_time_rather_than_within_one() -> None:
    filled = said("&" * 1490 + "{when}")
    assert len(filled) <= SECTION_TEXT
    assert "<!date" not in filled
    assert filled.endswith(("&amp;…", "…"))
    read_message(trigger_message(a_telling("&" * 1490 + "{when}")))


def test_a_test_says_so_first() -> None:
    trigger = a_trigger(actor())
    made_up = sample(trigger, actor(), at("12:00"))
    lines = read_message(trigger_message(Telling(ANA, trigger, made_up, ana, ana, is_test=True)))
    assert lines[0].startswith("Booked: Sam Sample with Ana, <!date^")
    assert lines[1] == "_ *This is a test*: what it tells of is made up. Trigger *Tell sales*, set up by Ana"
