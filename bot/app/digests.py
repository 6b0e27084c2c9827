"""Builds what digests need: the use-cases behind their screens, and the jobs that post, ask and tell."""

from datetime import timedelta

from bot.app.foundation import DELIVERIES, Foundation
from bot.clients.slack_digests import SlackDigestChannels, SlackDigests
from bot.clients.slack_directory import SlackDirectory
from bot.jobs import Job
from bot.usecases.answer_digest import AnswerDigest, HasCalendar
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.compose_digest import ComposeDigest
from bot.usecases.post_digests import PostDigest, PostDigests
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.save_digest import SaveDigest
from bot.usecases.show_digests import DigestFormOf, DigestIn, PreviewDigest, ShowDigest, ShowDigests
from bot.usecases.stop_digest import DeleteDigest, PauseDigest, ResumeDigest, TakeOverDigest
from bot.usecases.tell_about_digests import TellAboutDigests
from handlers.digest_cases import DigestCases


def digest_cases(base: Foundation, resolve: ResolveMembers) -> DigestCases:
    """What the list, the form and the answers call."""
    store, clock, channels = base.store, base.clock, SlackDigestChannels(base.slack)
    return DigestCases(
        answer=AnswerDigest(store),
        delete=DeleteDigest(store),
        form_of=DigestFormOf(store),
        has_calendar=HasCalendar(store),
        in_channel=DigestIn(store, channels),
        pause=PauseDigest(store),
        preview=PreviewDigest(store, channels, _compose(base, channels), clock),
        resume=ResumeDigest(store, channels, clock),
        save=SaveDigest(store, clock, channels, resolve),
        show=ShowDigest(store),
        show_all=ShowDigests(store),
        take_over=TakeOverDigest(store, channels, clock),
    )


def digest_jobs(base: Foundation) -> tuple[Job, ...]:
    """What runs by the clock for digests."""
    store, clock = base.store, base.clock
    channels, messages = SlackDigestChannels(base.slack), SlackDigests(base.slack)
    post = PostDigest(store, _compose(base, channels), channels, messages, clock)
    posts = PostDigests(store, post, base.deliveries, clock, limit=DELIVERIES)
    tells = TellAboutDigests(store, messages, clock)
    return (
        Job("post_digests", posts, every=timedelta(seconds=2), grace=timedelta(minutes=5)),
        Job("tell_about_digests", tells, every=timedelta(seconds=2), grace=timedelta(minutes=5)),
    )


def _compose(base: Foundation, channels: SlackDigestChannels) -> ComposeDigest:
    is_read_outside = HasOutsiders(base.store, channels, SlackDirectory(base.slack), base.clock)
    return ComposeDigest(base.store, is_read_outside, base.clock)
