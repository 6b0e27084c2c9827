"""Acme with digests: what they say is kept, and the clock stands still until it is told to go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, time

from bot.domain.digest_form import DigestWish
from bot.domain.digests import Digest, Level, Run
from bot.domain.people import Member
from bot.rendering.digests.posted import digest_message
from bot.usecases.answer_digest import AnswerDigest
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.compose_digest import ComposeDigest
from bot.usecases.delivering import CrashPoint, nowhere
from bot.usecases.post_digests import PostDigest, PostDigests
from bot.usecases.save_digest import SaveDigest
from bot.usecases.show_digests import DigestFormOf, DigestIn, PreviewDigest, ShowDigest, ShowDigests
from bot.usecases.steer_digest import DeleteDigest, PauseDigest, ResumeDigest, TakeOverDigest
from bot.usecases.tell_about_digests import TellAboutDigests
from handlers.digest_cases import DigestCases
from tests.builders import BERLIN, at
from tests.digest_builders import SALES, WEEKDAYS
from tests.fakes.digest_slack import FakeDigestChannels, FakeDigestMessages
from tests.fakes.directory import FakeDirectory
from tests.fakes.work_queue import HandQueue
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.rendering.screen import read_message
from tests.unit.usecases.booking_house import BookingHouse


class PowerCut(BaseException):
    """The process is gone: nothing is cleaned up, and nothing is recorded."""


def cut_at(place: str) -> CrashPoint:
    def crash_point(name: str) -> None:
        if name == place:
            raise PowerCut

    return crash_point


def refusing(error: Exception) -> Callable[[], None]:
    def refuse() -> None:
        raise error

    return refuse


def refusing_once(error: BaseException) -> Callable[[], None]:
    errors = [error]

    def refuse() -> None:
        if errors:
            raise errors.pop()

    return refuse


def a_wish(*people: Member, **fields: object) -> DigestWish:
    """Weekdays at 8:30 in Berlin in #sales, of Ana and Ben, with titles."""
    listed = tuple(one.slack_user_id for one in people or (ana, ben))
    wish = DigestWish(
        zone=BERLIN, channel_id=SALES, weekdays=WEEKDAYS, at=time(8, 30), people=listed, level=Level.TITLES
    )
    return replace(wish, **fields)  # type: ignore[arg-type]  # by name


class DigestHouse(BookingHouse):
    """Ana, Ben and Cara on Monday 23 November at noon in Berlin; the channel is read by the three of them."""

    def __init__(self) -> None:
        super().__init__()
        self.channels = FakeDigestChannels(reads=tuple(one.slack_user_id for one in (ana, ben, cara)))
        self.directory = FakeDirectory({one.slack_user_id: one for one in (ana, ben, cara)})
        self.messages = FakeDigestMessages()
        self.queue = HandQueue()
        self.comes("2026-11-23 12:00")

    def cases(self) -> DigestCases:
        store, clock, channels = self.store, self.clock, self.channels
        return DigestCases(
            answer=AnswerDigest(store),
            delete=DeleteDigest(store, clock),
            form_of=DigestFormOf(store),
            in_channel=DigestIn(store, channels, self.readers()),
            pause=PauseDigest(store, clock),
            preview=PreviewDigest(store, channels, self.compose(), clock),
            resume=ResumeDigest(store, channels, clock),
            save=SaveDigest(store, clock, channels, self.resolve_members()),
            show=ShowDigest(store, self.readers()),
            show_all=ShowDigests(store),
            take_over=TakeOverDigest(store, channels, clock),
        )

    def compose(self) -> ComposeDigest:
        return ComposeDigest(self.store, self.readers(), self.clock)

    def readers(self) -> HasOutsiders:
        return HasOutsiders(self.store, self.channels, self.directory, self.clock)

    def has(self, wish: DigestWish | None = None, *, by: Member = ana, agreed: bool = True) -> Digest:
        """A digest that was set up, and to which everybody in it agreed unless told otherwise."""
        digest = self.cases().save(actor(by), wish or a_wish(), origin=str(self.new_id()))
        if agreed:
            for share in self.store.tables.digest_shares.values():
                with self.store.writing() as work:
                    work.digests.answer(digest, share.share.member_id, digest.level)
                    work.commit()
        return self.now(digest)

    def now(self, digest: Digest) -> Digest:
        return self.store.tables.digests[digest.id].digest

    def ticks(self, crash_point: CrashPoint = nowhere) -> int:
        """One tick of posting, and everything that it hands over; what escapes stands in `queue.escaped`."""
        post = PostDigest(self.store, self.compose(), self.channels, self.messages, self.clock, crash_point)
        handed = PostDigests(self.store, post, self.queue, self.clock, limit=8)()
        self.queue.run_all()
        return handed

    def tells(self) -> int:
        return TellAboutDigests(self.store, self.messages, self.clock, self.new_id)()

    def comes(self, when: str) -> None:
        """It is so late on the wall of Berlin, and every calendar was just read."""
        self.clock.time = at(when).astimezone(UTC)
        for member in (ana, ben):
            self.set_read(member, self.clock.time)

    def runs(self, digest: Digest) -> list[tuple[str, str]]:
        """Its days with what became of each, oldest first."""
        with self.store.reading() as work:
            runs: list[Run] = list(work.digests.runs(digest.id, limit=1000))
        return [(run.day.isoformat(), run.state.value) for run in reversed(runs)]

    def becomes(self, member: Member, **fields: object) -> None:
        """Slack says something else of a member."""
        self.store.tables.members[member.id] = replace(member, **fields)  # type: ignore[arg-type]  # by name

    def reads(self) -> list[str]:
        """The last digest as the channel sees it."""
        return read_message(digest_message(self.messages.posted[-1]))
