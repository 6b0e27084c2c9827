"""The questions that people ask, each with its answer: the one place for both, for Slack and for docs/questions.md."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.rendering.blocks import actions, context, section
from bot.rendering.help import EVERYTHING, HelpEntry, entry_line
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Message
from bot.rendering.text import user_text

TITLE = "Questions"
ALL = "questions"
"""What is typed after `/daybook help` to read them all."""
SHOWN = 3
SURE = 3
"""How well a question fits at least that stands for words that nobody wrote as a question."""
_WORD = re.compile(r"[a-z0-9]+")
# Too common to say what somebody looks for.
_COMMON = frozenset(
    {
        "a", "about", "am", "an", "and", "are", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "in",
        "is", "it", "me", "my", "not", "of", "on", "or", "the", "this", "to", "what", "when", "where", "which", "who",
        "why", "with", "you", "your",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HelpQuestion:
    """One of them; `words` are further words by which somebody may look for it."""

    asked: str
    answer: str
    words: str = ""


QUESTIONS = (
    HelpQuestion(
        "Can I change the option later?",
        "Yes, as often as you like: Calendar Settings, Sync option, Change. You see first what will change, and no "
        "trigger fires for anything that exists. Nothing is written to Google. For 30 days you can undo the switch.",
        "sync one-way two-way switch",
    ),
    HelpQuestion(
        "Why does a Free event not block?",
        "Because its owner said in Google that the time stays open. Google makes all-day events Free unless you say "
        "otherwise. Set the event to Busy in Google, and it blocks as soon as Daybook has read it.",
        "busy all-day birthday holiday vacation",
    ),
    HelpQuestion(
        "Who sees my titles?",
        "Nobody but you, unless you share something on purpose. Colleagues see busy or free, never a title, nor which "
        "of your calendars an event stands in. An appointment is seen by its hosts and by whoever booked it.",
        "privacy private colleagues see hidden",
    ),
    HelpQuestion(
        "What is erased when I disconnect?",
        "Everything that was read through the account: its calendars, its events and the permission itself. "
        "Appointments stay in Daybook. If events of appointments to come stand in Google, you are asked first whether "
        "they stay or go.",
        "delete remove leave account",
    ),
    HelpQuestion(
        "How do I have my data erased?",
        "`/daybook forget` erases all that Daybook stores of you, and gives Google and Zoom their permissions back; "
        "you can have an export first. `/daybook disconnect` leaves one account, and erases what was read through it.",
        "delete remove erase forget wipe personal gdpr export",
    ),
    HelpQuestion(
        "Why is my colleague not free?",
        "Ask `/daybook why @name tomorrow 15:00`: it gives every reason that may be told to you. It may be an event, "
        "their hours, time kept around appointments, or the notice they want. Only they are told what events are "
        "called.",
        "busy slots available time member",
    ),
    HelpQuestion(
        "What does two-way do to my contacts?",
        "Outside people who are invited to events of your linked calendar become contacts of the workspace. You can "
        "have Daybook ask you first, or leave out everybody who is no contact yet. Colleagues, rooms, groups and "
        "private events are always left out.",
        "invitees people add option",
    ),
    HelpQuestion(
        "Who can see my digest?",
        "Everybody who reads its channel. It shows nothing of anybody who has not agreed, and never more than each "
        "agreed to: busy times, titles, or titles, people and places. Private events are never more than busy, and "
        "where guests read the channel everything is.",
        "digest digests channel shown show days posted",
    ),
    HelpQuestion(
        "How do I stop a digest?",
        "`/daybook digest` lists those that you set up and those that may show your days. Whoever set one up, and "
        "admins, pause or delete it there; *Stop showing my days* takes yours out of it.",
        "pause end quit leave cancel turn off unsubscribe",
    ),
    HelpQuestion(
        "When am I reminded?",
        "By direct message ten minutes before an appointment begins, unless you chose other times. `/daybook "
        "reminders` changes them or adds a channel; an empty field turns reminders off. After an appointment with a "
        "contact you are asked once how it went.",
        "remind reminder remember notify notification alert turn off minutes before stop",
    ),
    HelpQuestion(
        "Where is the picture of my week?",
        "`/daybook week` sends it to your messages with Daybook, where you alone see it; the text stands where you "
        "asked. *Open as a page* shows it larger, for a day, to whoever has the address. Where Slack does not take "
        "the picture, the text is there without it.",
        "image png draw drawn missing share",
    ),
    HelpQuestion(
        "How fast do changes arrive?",
        "In a few seconds where Google tells Daybook of changes, which `/daybook status` says of each calendar. "
        "Otherwise with the next reading, every few minutes; a quiet calendar is read less often. The round trip check "
        "on that page measures it.",
        "slow lag delay sync speed push",
    ),
    HelpQuestion(
        "Can I undo?",
        "A booking and a move for ten minutes, by the button on the card. A switch of the sync option for 30 days, in "
        "Calendar Settings. An ignored event at any time: Take back on your agenda.",
        "revert mistake back",
    ),
    HelpQuestion(
        "Can I have 12 or 24 hours?",
        "Yes: Calendar Settings, Clock and week, for yourself alone. There you choose 15:00 or 3:00 PM, and the day on "
        "which your week begins. Either can be written to Daybook, whatever you chose.",
        "clock hour am pm week begin start first day sunday monday format",
    ),
    HelpQuestion(
        "What happens when Google or Zoom is down?",
        "What was read last still blocks, and answers say how old it is. Appointments are stored at once; the event "
        "and the link follow by themselves as soon as Google and Zoom answer. Nothing is sent twice.",
        "outage error offline fail broken unreachable",
    ),
)


def questions_message(questions: Sequence[HelpQuestion] = QUESTIONS) -> Message:
    """Questions with their answers, all of them unless some were found."""
    blocks = [section(f"*{one.asked}*\n{one.answer}") for one in questions]
    buttons = [run("Status", "status"), run("Help", f"help {EVERYTHING}", mark="help")]
    if len(questions) < len(QUESTIONS):
        buttons.insert(0, run("All questions", f"help {ALL}", mark=ALL))
    text = TITLE if len(questions) == len(QUESTIONS) else questions[0].asked
    return Message(text, (*blocks, actions(*buttons)))


def entry_message(entry: HelpEntry, questions: Sequence[HelpQuestion]) -> Message:
    """One subcommand, with the questions that are about it."""
    told = [section(f"*{one.asked}*\n{one.answer}") for one in questions[:SHOWN]]
    buttons = run("All questions", f"help {ALL}", mark=ALL), run("Help", f"help {EVERYTHING}", mark="help")
    return Message(f"{entry.label}: {entry.does}", (entry_line(entry), *told, actions(*buttons)))


def no_question(typed: str) -> Message:
    """Nothing was found for what was typed."""
    sentence = f"No answer is about *{user_text(typed, limit=60)}*."
    return Message(
        sentence.replace("*", ""),
        (
            section(sentence),
            actions(run("All questions", f"help {ALL}", mark=ALL), run("Help", f"help {EVERYTHING}", mark="help")),
            context("`/daybook status` looks at your calendars, and says what stands in the way."),
        ),
    )


def found_questions(typed: str, *, least: int = 1) -> Sequence[HelpQuestion]:
    """Those that fit the words best, the best first; none where no word fits.

    `least`: how well they have to fit; a word of an answer alone counts one.
    """
    words = _words(typed)
    fitting = sorted((-score, at) for at, one in enumerate(QUESTIONS) if (score := _fit(words, one)) >= least)
    # What fits half as well as the best is about something else.
    return [QUESTIONS[at] for score, at in fitting[:SHOWN] if 2 * score < fitting[0][0]]


def _fit(words: frozenset[str], question: HelpQuestion) -> int:
    """A word of the question itself counts for more than one of its answer."""
    asked, further, answer = _words(question.asked), _words(question.words), _words(question.answer)
    return sum(4 if word in asked else 3 if word in further else int(word in answer) for word in words)


def _words(text: str) -> frozenset[str]:
    """The words that say something, without the s of a plural."""
    found = (word for word in _WORD.findall(text.lower()) if word not in _COMMON)
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found)
