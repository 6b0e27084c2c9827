"""What a team and its guests do in Google, and what goes wrong there."""

from datetime import timedelta
from functools import partial
from typing import Any

from bot.domain.accounts import Account, AccountStatus
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.recurrence import instances
from tests.integration.year_house import Mate
from tests.integration.year_scene import Put, Scene

# Moments at which clocks change in one of the zones, so that something is always planned across them.
# Longer than any channel lives.
_FORGOTTEN_AFTER = timedelta(days=9)
_RULES = ("RRULE:FREQ=WEEKLY;COUNT=30", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=16", "RRULE:FREQ=MONTHLY;COUNT=9")


class InGoogle(Scene):
    """Deeds in Google's own pages, and troubles of Google and Zoom."""

    def meets(self, mate: Mate) -> None:
        self._puts([mate], repeats=False)

    def meets_together(self, mate: Mate) -> None:
        self._puts([mate, *self.dice.sample([one for one in self.house.mates if one is not mate], 1)], repeats=False)

    def repeats(self, mate: Mate) -> None:
        self._puts([mate], repeats=True)

    def moves_in_google(self, mate: Mate) -> None:
        if put := self._pick(repeats=False):
            times = _points(self._some_time(mate), mate.zone)
            for place in put.places:
                self.house.google.change_event(place, put.event_id, **times)

    def deletes_in_google(self, mate: Mate) -> None:
        if put := self._pick(repeats=False):
            self._deletes(put)

    def ends_a_series(self, mate: Mate) -> None:
        if put := self._pick(repeats=True):
            self._deletes(put)

    def moves_one_time(self, mate: Mate) -> None:
        if (put := self._pick(repeats=True)) and (instance := self._instance(put)):
            zone = self.house.google.calendars[put.places[0]].zone
            day, hour = str(instance["originalStartTime"]["dateTime"])[:10], self.dice.randrange(9, 17)
            times = _points((f"{day}T{hour:02}:00", f"{day}T{hour + 1:02}:00"), zone)
            self.house.google.change_event(put.places[0], str(instance["id"]), **times)

    def cancels_one_time(self, mate: Mate) -> None:
        if (put := self._pick(repeats=True)) and (instance := self._instance(put)):
            self.house.google.delete_event(put.places[0], str(instance["id"]))

    def drags_a_copy(self, mate: Mate) -> None:
        """Somebody moves the event of an appointment, to wherever."""
        if (one := self._live()) and (place := self._copy(one[1])):
            times = _points(self._some_time(mate, minutes=30), mate.zone)
            self.house.google.change_event(*place, **times)

    def deletes_a_copy(self, mate: Mate) -> None:
        if (one := self._live()) and (place := self._copy(one[1])):
            self.house.google.delete_event(*place)

    # --- What goes wrong

    def loses_its_token(self, mate: Mate) -> None:
        self.house.google.expire_sync_tokens(mate.address)

    def google_is_down(self, mate: Mate) -> None:
        self.house.google.faults.on(times=10**6).answer(503, {"error": {"code": 503}})
        self._afterwards(timedelta(hours=self.dice.randrange(1, 5)), self.house.google.faults.clear)

    def zoom_is_down(self, mate: Mate) -> None:
        self.house.zoom.faults.on(times=10**6).answer(503, {"code": 503})
        self._afterwards(timedelta(hours=self.dice.randrange(1, 5)), self.house.zoom.faults.clear)

    def is_revoked(self, mate: Mate) -> None:
        self.house.google.revoke(mate.address)
        self.house.deaf_until = self.house.now + _FORGOTTEN_AFTER
        # What was told before that is nobody's news.
        self.house.google.expire_access_tokens()

    def pushes_get_lost(self, mate: Mate) -> None:
        self.house.google.channels.mute()
        self.house.deaf_until = self.house.now + _FORGOTTEN_AFTER
        self._afterwards(timedelta(days=2), lambda: self.house.google.channels.mute(is_mute=False))

    def _connects_again(self) -> None:
        """Whoever was told to does so within two days."""
        for mate in self.house.mates:
            for account in self.house.accounts(mate):
                if account.status is AccountStatus.NEEDS_RECONNECT and account.id not in self.away:
                    self.away.add(account.id)
                    self.done[f"{account.provider} was lost"] += 1
                    pause = timedelta(hours=self.dice.randrange(2, 40))
                    self._afterwards(pause, partial(self._connects, mate, account))

    def _connects(self, mate: Mate, account: Account) -> None:
        self.house.connects(mate, account.provider)
        self.away.discard(account.id)

    def _puts(self, mates: list[Mate], *, repeats: bool) -> None:
        organiser, event_id = mates[0], f"event{self._number():05}"
        guests = {f"{(name := self._guest())}@client{name[-1]}.test" for _ in range(self.dice.choice((0, 1, 1, 2)))}
        times = _points(self._some_time(organiser), organiser.zone)
        for mate in mates:
            people = [{"email": one.address, "responseStatus": "accepted"} for one in mates]
            self.house.google.put_event(
                mate.address,
                id=event_id,
                iCalUID=f"{event_id}@google.com",
                organizer={"email": organiser.address},
                summary=f"Meeting {event_id}",
                **times,
                attendees=[*people, *({"email": one, "responseStatus": "needsAction"} for one in sorted(guests))],
                **({"recurrence": [self.dice.choice(_RULES)]} if repeats else {}),
            )
        self.puts.append(Put(event_id, [mate.address for mate in mates], repeats))

    def _deletes(self, put: Put) -> None:
        self.puts.remove(put)
        for place in put.places:
            self.house.google.delete_event(place, put.event_id)

    def _pick(self, *, repeats: bool) -> Put | None:
        young = [put for put in self.puts[-30 if not repeats else -200 :] if put.repeats is repeats]
        return self.dice.choice(young) if young else None

    def _instance(self, put: Put) -> Resource | None:
        calendar = self.house.google.calendars[put.places[0]]
        window = self.house.now, self.house.now + timedelta(days=60)
        changed = {one.id for one in calendar.exceptions_of(put.event_id)}
        coming = instances(calendar.events[put.event_id].fields, *window, calendar.zone)
        told = [one for one in coming if one["id"] not in changed]
        return self.dice.choice(told) if told else None


def _points(times: tuple[str, str], zone: str) -> dict[str, Any]:
    """Start and end as Google writes them; by a clock that it may skip or repeat, it takes them as they are."""
    start, end = ({"dateTime": f"{one}:00", "timeZone": zone} for one in times)
    return {"start": start, "end": end}
