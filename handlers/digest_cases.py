"""The use-cases that the handlers of digests call."""

from dataclasses import dataclass

from bot.usecases.answer_digest import AnswerDigest
from bot.usecases.save_digest import SaveDigest
from bot.usecases.show_digests import DigestFormOf, DigestIn, PreviewDigest, ShowDigest, ShowDigests
from bot.usecases.steer_digest import DeleteDigest, PauseDigest, ResumeDigest, TakeOverDigest


@dataclass(frozen=True, slots=True)
class DigestCases:
    """What the list, the form and the answers call."""

    answer: AnswerDigest
    delete: DeleteDigest
    form_of: DigestFormOf
    in_channel: DigestIn
    pause: PauseDigest
    preview: PreviewDigest
    resume: ResumeDigest
    save: SaveDigest
    show: ShowDigest
    show_all: ShowDigests
    take_over: TakeOverDigest
