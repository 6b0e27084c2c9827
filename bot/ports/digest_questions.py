"""The messages that ask members whether their days may stand in a digest: each is sent once, and kept true."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.cards import PostedCard
from bot.domain.digest_questions import Question, QuestionNow
from bot.domain.digests import Level
from bot.ports.system import NewId


class DigestQuestions(Protocol):
    """Part of `Digests`: who is to be asked, and what asked him.

    Whatever changes what a message should say, be it the digest, its list, a word, or its deletion, makes it stale.
    """

    def claim_questions(self, now: datetime, new_id: NewId, *, limit: int) -> Sequence[QuestionNow]:
        """Who is to be asked; each is handed to exactly one caller, who asks him with a message of its own.

        What asked him before is to say that a newer message does.
        """
        ...

    def question_now(self, question: Question) -> QuestionNow | None:
        """How it stands with it; None where nobody knows of it any more."""
        ...

    def asked(self, question: Question, posted: PostedCard) -> None:
        """The message stands there, so that it can be kept true."""
        ...

    def ask_again(self, question: Question, due_at: datetime) -> None:
        """He surely was not asked: somebody tries again then."""
        ...

    def claim_stale(self, now: datetime, *, limit: int) -> Sequence[QuestionNow]:
        """Messages that may not say how things stand, each under a lease."""
        ...

    def shown(self, question: Question, asked: Level) -> None:
        """Its message says what it should at this version; it asks up to that level, if it asks."""
        ...

    def let_go(self, question: Question) -> None:
        """Nothing of its message is brought up to date any more."""
        ...
