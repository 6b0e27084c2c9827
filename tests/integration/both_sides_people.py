"""What people do in Google: an event stands with its organiser, and with a colleague who is invited."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.clients.google.copy_parsing import MARK
from bot.sandbox.google.recurrence import instances
from bot.sandbox.google.state import StoredEvent
from bot.sandbox.google.world import GoogleWorld
from tests.builders import BERLIN
from tests.contracts.google_client import ANA
from tests.contracts.two_way_house import BEN

FIRST = date(2026, 12, 14)
RULES = ("RRULE:FREQ=WEEKLY;COUNT=4", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=WEEKLY")
MEMBERS = (ANA, BEN)
_MIRRORED = ("status", "start", "end")


def hour_of(day: int, hour: int) -> dict[str, Any]:
    """An hour, the same for whoever looks at it."""
    told = (FIRST + timedelta(days=day)).isoformat()
    return {
        name: {"date": None, "dateTime": f"{told}T{at:02}:00:00", "timeZone": BERLIN}
        for name, at in (("start", hour), ("end", hour + 1))
    }


@dataclass
class Story:
    """What was done to one event, as far as the end can be told by it.

    Args:
        moves: how often something of it was given another time.
        breaks: how often it may have stopped being a meeting, or become one, by what somebody did.
        ends: how often it, or one time of it, was called off.
        travelled: it was taken to another calendar.
    """

    moves: int = 0
    breaks: int = 0
    ends: int = 0
    travelled: bool = False


@dataclass
class People:
    """Ana and Ben in front of Google's pages."""

    world: GoogleWorld
    made: int = 0
    places: dict[str, list[str]] = field(default_factory=dict)
    """Where the live ones stand, who organises them first."""
    stories: dict[str, Story] = field(default_factory=dict)

    @property
    def alive(self) -> list[str]:
        return list(self.places)

    @property
    def series(self) -> list[str]:
        return [one for one in self.places if self.event(one).recurring]

    @property
    def single(self) -> list[str]:
        return [one for one in self.places if not self.event(one).recurring]

    def event(self, event_id: str) -> StoredEvent:
        """As it stands with who organises it."""
        return self.world.calendars[self.places[event_id][0]].events[event_id]

    def make(self, by: str, day: int, hour: int, guests: list[str], event_id: str = "", **fields: Any) -> str:
        self.made += 1
        event_id = event_id or f"event{self.made:04}"
        title = fields.pop("summary", f"Meeting {self.made}")
        people = [{"email": one, "responseStatus": "accepted" if one == by else "needsAction"} for one in (by, *guests)]
        told = {"summary": title, "iCalUID": f"{event_id}@google.com", **hour_of(day, hour), **fields}
        if guests:
            told["attendees"] = people
        self.world.put_event(by, id=event_id, **told)
        self.places[event_id] = [by]
        self.stories.setdefault(f"{event_id}@google.com", Story())
        self._invite_members(event_id, guests)
        return event_id

    def story(self, event_id: str) -> Story:
        return self.stories[f"{event_id}@google.com"]

    def change(self, event_id: str, **fields: Any) -> None:
        for place in self.places[event_id]:
            self.world.change_event(place, event_id, **fields)

    def move(self, event_id: str, day: int, hour: int) -> None:
        self.change(event_id, **hour_of(day, hour))
        self.story(event_id).moves += 1
        if self.event(event_id).recurring:  # its changed times are where the series puts them again, or not at all
            self.story(event_id).ends += 1

    def delete(self, event_id: str) -> None:
        for place in self.places.pop(event_id):
            self.world.delete_event(place, event_id)
        self.story(event_id).ends += 1

    def delete_here(self, event_id: str, place: int) -> None:
        """One of those who have it takes it off; whoever organises it calls it off for all."""
        places = self.places[event_id]
        where = places[place % len(places)]
        if where == places[0]:
            self.delete(event_id)
        else:
            self.uninvite(event_id, where)

    def invite(self, event_id: str, email: str) -> None:
        guests = self._guests(event_id)
        if email in [one["email"] for one in guests]:
            return
        organizer = self.places[event_id][0]
        if not guests:
            guests = [{"email": organizer, "responseStatus": "accepted"}]
        self.change(event_id, attendees=[*guests, {"email": email, "responseStatus": "needsAction"}])
        self._invite_members(event_id, [email])
        self.story(event_id).breaks += 1

    def uninvite(self, event_id: str, email: str) -> None:
        left = [one for one in self._guests(event_id) if one["email"] != email]
        if email == self.places[event_id][0]:
            return
        if email in self.places[event_id]:
            self.places[event_id].remove(email)
            self.world.delete_event(email, event_id)
        self.change(event_id, attendees=left)
        self.story(event_id).breaks += 1

    def answer(self, event_id: str, email: str, response: str) -> None:
        said = [{**one, "responseStatus": response} if one["email"] == email else one for one in self._guests(event_id)]
        self.change(event_id, attendees=said)
        if email in MEMBERS:
            self.story(event_id).breaks += 1

    def repeat(self, event_id: str, rule: str) -> None:
        self.change(event_id, recurrence=[rule])
        self.story(event_id).ends += 1

    def repeat_no_more(self, event_id: str) -> None:
        self.change(event_id, recurrence=None)
        self.story(event_id).ends += 1

    def move_one_time(self, event_id: str, nth: int, day: int, hour: int) -> None:
        for place in self.places[event_id]:
            self.world.change_event(place, self._time(event_id, nth), **hour_of(day, hour))
        self.story(event_id).moves += 1

    def call_off_one_time(self, event_id: str, nth: int) -> None:
        instance = self._time(event_id, nth)
        for place in self.places[event_id]:
            stored = self.world.calendars[place].events.get(instance)
            if stored is None or not stored.cancelled:
                self.world.delete_event(place, instance)
        self.story(event_id).ends += 1

    def split(self, event_id: str, day: int, hour: int) -> str:
        """This and following from the second time on, at another hour."""
        event = self.event(event_id)
        zone = self.world.calendars[self.places[event_id][0]].zone
        times = [one for _, one in zip(range(2), instances(event.fields, None, None, zone), strict=False)]
        if len(times) < 2:
            return event_id
        stamp = str(times[1]["id"]).rpartition("_")[2]
        new_id = f"{event_id.split('_')[0]}_R{stamp.removesuffix('Z')}"
        if new_id in self.stories or f"{new_id}@google.com" in self.stories:
            return event_id
        until = (date.fromisoformat(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}") - timedelta(days=1)).strftime("%Y%m%d")
        guests = [one["email"] for one in self._guests(event_id) if one["email"] != self.places[event_id][0]]
        story = self.story(event_id)
        self.stories[f"{new_id}@google.com"] = story
        story.moves += 1
        story.ends += 1
        self.change(event_id, recurrence=[f"RRULE:FREQ=WEEKLY;UNTIL={until}T225959Z"])
        title = event.fields["summary"]
        return self.make(
            self.places[event_id][0], day + 7, hour, guests, new_id, summary=title, recurrence=["RRULE:FREQ=WEEKLY"]
        )

    def take_to(self, event_id: str, calendar_id: str) -> bool:
        """To another calendar, where it stands in one alone."""
        if len(self.places[event_id]) > 1 or self.event(event_id).recurring or calendar_id in self.places[event_id]:
            return False
        [here] = self.places[event_id]
        if any(self.world.calendars[here].exceptions_of(event_id)):
            return False
        self.world.move_event(here, event_id, calendar_id)
        self.places[event_id] = [calendar_id]
        self.story(event_id).travelled = True
        self.story(event_id).breaks += 1
        return True

    def versions(self) -> dict[str, list[str]]:
        """How every event stands with who organises it, its changed times included."""
        return {
            event_id: [str(one.fields["etag"]) for one in (self.event(event_id), *self._changed_times(event_id))]
            for event_id in self.places
        }

    def mirror(self, before: dict[str, list[str]]) -> None:
        """What was written to an organiser's calendar since `versions` reaches those who were invited."""
        after = self.versions()
        for event_id, (_, *others) in [*self.places.items()]:
            if before[event_id] == after[event_id]:
                continue
            event = self.event(event_id)
            for other in others:
                for one in (event, *self._changed_times(event_id)):
                    known = self.world.calendars[other].events.get(one.id)
                    if known is None or any(known.fields.get(name) != one.fields.get(name) for name in _MIRRORED):
                        self.world.calendars[other].put(dict(one.fields), self.world.now())
            self.story(event_id).moves += 1
            self.story(event_id).ends += 1
            if event.cancelled:
                del self.places[event_id]

    # --- Events of appointments

    def copies(self) -> list[tuple[str, StoredEvent]]:
        """The live ones that carry our mark, with the calendars in which they stand."""
        return [
            (calendar_id, event)
            for calendar_id, calendar in self.world.calendars.items()
            for event in calendar.events.values()
            if not event.cancelled and reference(event)
        ]

    def _guests(self, event_id: str) -> list[dict[str, Any]]:
        told = self.event(event_id).fields.get("attendees", [])
        return [{name: value for name, value in one.items() if name != "organizer"} for one in told]

    def _invite_members(self, event_id: str, guests: list[str]) -> None:
        """Whoever of the team is on it has it in his calendar too, changed times included."""
        event = self.event(event_id)
        for address in MEMBERS:
            if address not in guests or address in self.places[event_id]:
                continue
            for one in (event, *self._changed_times(event_id)):
                self.world.calendars[address].put(dict(one.fields), self.world.now())
            self.places[event_id].append(address)

    def _changed_times(self, event_id: str) -> list[StoredEvent]:
        return [*self.world.calendars[self.places[event_id][0]].exceptions_of(event_id)]

    def _time(self, event_id: str, nth: int) -> str:
        zone = self.world.calendars[self.places[event_id][0]].zone
        found = [
            one for _, one in zip(range(4), instances(self.event(event_id).fields, None, None, zone), strict=False)
        ]
        return str(found[nth % len(found)]["id"])


def reference(event: StoredEvent) -> str:
    """The appointment whose event it is, if it is one's."""
    told = event.fields.get("extendedProperties", {}).get("private", {}).get(MARK, "")
    return str(told)
