"""Builds what digests need: the use-cases behind their screens, and the jobs that post, ask and tell."""

from datetime import timedelta

from bot.app.foundation import DELIVERIES, Foundation
from bot.clients.slack_digests import SlackDigestChannels, SlackDigests, asking_once
from bot.clients.slack_directory import SlackDirectory
from bot.clients.system import new_id
from bot.jobs import Job
from bot.usecases.answer_digest import AnswerDigest
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.compose_digest import ComposeDigest
from bot.usecases.post_digests import PostDigest, PostDigests
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.save_digest import SaveDigest
from bot.usecases.show_digests import DigestFormOf, DigestIn, PreviewDigest, ShowDigest, ShowDigests
from bot.usecases.steer_digest import DeleteDigest, PauseDigest, ResumeDigest, TakeOverDigest
from bot.usecases.tell_about_digests import TellAboutDigests
from handlers.digest_cases import DigestCases


def digest_cases(base: Foundation, resolve: ResolveMembers) -> DigestCases:
    """What the list, the form and the answers call."""
    store, clock, channels = base.store, base.clock, SlackDigestChannels(base.slack)
    is_read_outside = channel_readers(base)
    return DigestCases(
        answer=AnswerDigest(store),
        delete=DeleteDigest(store, clock),
        form_of=DigestFormOf(store),
        in_channel=DigestIn(store, channels, is_read_outside),
        pause=PauseDigest(store, clock),
        preview=PreviewDigest(store, channels, ComposeDigest(store, is_read_outside, clock), clock),
        resume=ResumeDigest(store, channels, clock),
        save=SaveDigest(store, clock, channels, resolve),
        show=ShowDigest(store, is_read_outside),
        show_all=ShowDigests(store),
        take_over=TakeOverDigest(store, channels, clock),
    )


def digest_jobs(base: Foundation) -> tuple[Job, ...]:
    """What runs by the clock for digests."""
    store, clock = base.store, base.clock
    channels, messages = SlackDigestChannels(base.slack), SlackDigests(base.slack)
    post = PostDigest(store, ComposeDigest(store, channel_readers(base), clock), channels, messages, clock)
    posts = PostDigests(store, post, base.deliveries, clock, limit=DELIVERIES)
    tells = TellAboutDigests(store, messages, clock, new_id)
    return (
        Job("post_digests", posts, every=timedelta(seconds=2), grace=timedelta(minutes=5)),
        Job("tell_about_digests", tells, every=timedelta(seconds=2), grace=timedelta(minutes=5)),
    )


def channel_readers(base: Foundation) -> HasOutsiders:
    """What looks at who reads a channel, and does not wait for long."""
    return HasOutsiders(
        base.store, SlackDigestChannels(base.slack), SlackDirectory(asking_once(base.slack)), base.clock
    )
