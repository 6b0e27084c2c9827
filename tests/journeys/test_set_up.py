"""From the first word to the first answer: five actions, one form, and nothing on it that could be forged."""

import pytest

from bot.domain.calendars import Role
from bot.sandbox.slack.person import CannotDo, Person
from tests.journeys.browser import Browser
from tests.journeys.house import House
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

CALENDAR_LIST = "/calendar/v3/users/me/calendarList"
PRESET = [
    ("Ana", "Ana", Role.LINKED, False),
    ("Ana", "Family", Role.CONFLICT, False),
    ("Ana", "Team holidays", Role.CONFLICT, False),
]


def test_five_actions_lead_from_the_first_word_to_done(house: House) -> None:
    ana, browser = house.person(house.town.ana), Browser()
    actions = []
    with browser:
        house.types(ana, "/daybook")
        actions.append("types /daybook")
        link = ana.clicks("Connect Google Calendar")
        at_google = browser.departs(link)
        actions.append("clicks Connect")
        browser.opens(browser.agrees(at_google, house.town.ana.email))
        actions.append("allows it at Google")
    house.clicks(ana, "Yes, connect")
    actions.append("clicks Yes")
    told = house.submits(ana)
    actions.append("clicks Done")
    assert "*Linked calendar* Ana, one-way *Conflict calendars* Family · Team holidays" in told
    assert len(actions) == 5
    assert house.calendars() == PRESET


def test_a_calendar_that_was_not_read_yet_is_never_free(house: House) -> None:
    ana = house.connects(house.town.ana)
    house.submits(ana)
    ana.closes(all_of_them=True)
    told = house.types(ana, "/daybook slots tomorrow")
    assert "Your calendar is being read for the first time. Ask again in a minute." in told
    assert "[9:00]" not in told
    house.reads()
    assert "[9:00]" in house.types(ana, "/daybook slots tomorrow")


def test_only_calendars_that_can_be_written_to_are_offered_for_appointments(house: House) -> None:
    ana = house.connects(house.town.ana)
    assert "Left out: Team holidays: you cannot edit it" in house.sees(ana)
    with pytest.raises(CannotDo, match=r"'Team holidays' is not offered; there is: Ana, Family\b"):
        ana.fills("Appointments go to", "Team holidays")
    ana.fills("Appointments go to", "Family")
    ana.fills("Conflict calendars", ["Ana"])
    house.submits(ana)
    assert house.calendars() == [("Ana", "Ana", Role.CONFLICT, False), ("Ana", "Family", Role.LINKED, False)]


def test_conflict_calendars_come_from_several_accounts(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    house.connects(house.town.ana, "office@acme.test", "Connect for conflict calendars")
    assert "office@acme.test is connected for conflict calendars only" in house.sees(ana)
    ana.fills(
        "Conflict calendars",
        ["Family (ana@acme.test)", "Team holidays (office@acme.test)", "office@acme.test"],
    )
    house.submits(ana)
    house.reads()
    assert house.calendars() == [
        ("Ana", "Ana", Role.LINKED, True),
        ("Ana", "Family", Role.CONFLICT, True),
        ("Ana", "Team holidays", Role.CONFLICT, True),
        ("Ana", "office@acme.test", Role.CONFLICT, True),
    ]


def test_nothing_chosen_is_a_mistake_on_its_field(house: House) -> None:
    ana = house.connects(house.town.ana)
    ana.fills("Appointments go to", None)
    ana.fills("Conflict calendars", None)
    assert "Choose at least one calendar, or nobody can say when you are free." in house.submits(ana)
    assert house.calendars() == []
    ana.fills("Conflict calendars", ["Family"])
    house.submits(ana)
    assert house.calendars() == [("Ana", "Family", Role.CONFLICT, False)]


# fault 11
@pytest.mark.parametrize("field", ["linked", "conflicts"])
def test_a_forged_mark_is_refused_and_the_form_stays(house: House, field: str) -> None:
    ana = house.connects(house.town.ana)
    forge(ana, **{field: "0" * 32})
    assert "not there any more" in house.submits(ana)
    assert house.calendars() == []
    ana.fills("Appointments go to", "Ana")
    house.submits(ana)
    assert ("Ana", "Ana", Role.LINKED, False) in house.calendars()


# fault 11
def test_the_marks_of_another_member_are_refused(house: House) -> None:
    hers = mark_of(house.connects(house.town.ana))
    ben = house.connects(house.town.ben)
    assert mark_of(ben) != hers
    forge(ben, linked=hers)
    assert "not there any more" in house.submits(ben)
    assert house.calendars() == []


def test_a_calendar_that_goes_while_the_form_is_open_is_told_on_it(house: House) -> None:
    ana = house.connects(house.town.ana)
    house.google.unshare(house.town.holidays, house.town.ana.email)
    try:
        told = house.submits(ana)
        assert "One of these calendars is not there any more. Choose again." in told
        house.submits(ana)
    finally:
        house.google.share(house.town.holidays, house.town.ana.email, "reader")
    assert house.calendars() == PRESET[:2]


def test_a_loading_view_opens_at_once_while_google_takes_its_time(house: House) -> None:
    ana = house.person(house.town.ana)
    with Browser() as browser:
        browser.connects(house.link_for(house.town.ana), house.town.ana.email)
    house.is_settled()
    house.google.faults.on("GET", CALENDAR_LIST).delay(PATIENCE)
    asked = len(house.google.ledger.matching("GET", CALENDAR_LIST))
    ana.clicks("Yes, connect")
    assert "Asking Google for your calendars…" in ana.waits_for("Asking Google")
    assert len(house.google.ledger.matching("GET", CALENDAR_LIST)) == asked
    house.google.faults.clear()
    assert "Appointments go to" in house.sees(ana)


def test_google_that_fails_while_listing_is_told_in_the_modal(house: House) -> None:
    ana = house.person(house.town.ana)
    with Browser() as browser:
        browser.connects(house.link_for(house.town.ana), house.town.ana.email)
    house.google.faults.on("GET", CALENDAR_LIST).answer(503)
    told = house.clicks(ana, "Yes, connect")
    assert "Google" in told
    assert "Appointments go to" not in told
    ana.closes(all_of_them=True)
    assert "Appointments go to" in house.types(ana, "/daybook settings")  # the connection stands all the same


def mark_of(person: Person) -> str:
    """What the form in front of a person calls his linked calendar."""
    assert person.modal is not None
    return str(person.modal.values["linked"]["linked_calendar"]["selected_option"]["value"])


def forge(person: Person, *, linked: str = "", conflicts: str = "") -> None:
    """Put marks on the open form that it does not offer, as a client that somebody tampered with would."""
    assert person.modal is not None
    if linked:
        person.modal.values["linked"]["linked_calendar"]["selected_option"] = an_option(linked)
    if conflicts:
        person.modal.values["conflicts"]["conflict_calendars"]["selected_options"] = [an_option(conflicts)]


def an_option(mark: str) -> dict[str, object]:
    return {"text": {"type": "plain_text", "text": "forged", "emoji": False}, "value": mark}
