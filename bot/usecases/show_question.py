"""Keeps true what a message says that asked a member for his days in a digest."""

import logging

from bot.domain.cards import CardGone
from bot.domain.digest_questions import QuestionNow, QuestionShown, Says, level_asked
from bot.domain.digests import Level
from bot.domain.errors import ProviderError
from bot.domain.people import Standing, actor_of
from bot.ports import Clock, DigestMessages, Store, UnitOfWork

_log = logging.getLogger(__name__)


class ShowQuestion:
    """Edits one message in place; what Slack does not have any more is let go."""

    def __init__(self, store: Store, messages: DigestMessages, clock: Clock) -> None:
        self._store = store
        self._messages = messages
        self._clock = clock

    def __call__(self, now: QuestionNow) -> None:
        """Whatever fails is tried again once its lease has run out, and keeps nobody behind it waiting."""
        if now.question.posted is None:
            return
        with self._store.reading() as work:
            shown = question_shown(work, now)
        try:
            if shown.member.standing is Standing.FULL:
                self._messages.show_question(now.question.posted, shown)
        except CardGone:
            self._let_go(now)
        except ProviderError as refused:
            _log.info("a question was not brought up to date", extra={"why": type(refused).__name__})
        except Exception:  # noqa: BLE001 - it is logged, and its lease runs out
            _log.exception("a question could not be brought up to date")
        else:
            self._shown(now)

    def _shown(self, now: QuestionNow) -> None:
        with self._store.writing() as work:
            if now.question.ended is None:
                work.digests.shown(now.question, _asked(now))
            else:
                work.digests.let_go(now.question)
            work.commit()

    def _let_go(self, now: QuestionNow) -> None:
        """Whoever never read that more is asked is asked by a message of its own."""
        with self._store.writing() as work:
            if now.says is Says.ASKS and _asked(now).rank > now.question.asked.rank:
                work.digests.ask_again(now.question, self._clock.now())
            else:
                work.digests.let_go(now.question)
            work.commit()


def question_shown(work: UnitOfWork, now: QuestionNow) -> QuestionShown:
    """A message with those who stand in it."""
    workspace = work.workspaces.get(now.question.workspace_id)
    member = work.members.get(workspace.id, now.question.member_id)
    creator = None if now.digest is None else work.members.get(workspace.id, now.digest.creator_id)
    return QuestionShown(now, member, creator, bool(work.calendars.of(actor_of(member, workspace))))


def _asked(now: QuestionNow) -> Level:
    """Up to which level it asks once it says what it should."""
    if now.digest is None or now.share is None or now.says is not Says.ASKS:
        return now.question.asked
    return level_asked(now.digest, now.share)
