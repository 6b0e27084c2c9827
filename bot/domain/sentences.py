"""The sentences that Daybook knows, each with the command that it stands for.

The groups of a pattern hold who and when; what stands outside of them is left out. `free` stands for `why` where a time
is named, and else for `slots`; `who` for `slots` of any of those who are named.
"""

import re

_FREE = r"(?:free|available|around|open)"
_PLANS = r"(?:agenda|calendar|schedule|diary|day|plans?|appointments|meetings|events)"
_MEETING = r"(?:appointment|meeting|booking|call|chat|session|demo|slot|time)"
_SLOTS = r"(?:slots?|times?|gaps?)"
_ON = r"(?: on| planned| booked)"
_MAKE = r"(?:book|schedule|arrange|set up|plan|make|add|create|new|organi[sz]e|reserve)"
_LENGTH = r"\d+ ?(?:m|min|mins|minutes?|h|hours?)"

_CALENDAR = r"(?:my|the) (?:(?:google )?calendars?|events?|appointments?|account|google|zoom)"
_SYNCED = r"(?:synced|syncing|sync|in sync|up to date|connected|working|updated|updating|arriving)"
_OF_MINE = r"(?:my (?:\w+ )?(?:data|details|information)|me|everything(?: about me| you (?:know|have)(?: about me)?))"

THANKS = re.compile(
    r"(?:(?:(?:many|ok|okay|great|perfect),? )?(?:thanks?|thank you|thx|ty|cheers|danke)"
    r"(?: a lot| so much| very much| you)?(?:,? daybook)?|ok|okay|great|perfect|nice|cool|got it|well done)",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"(?:please|pls|can you|could you|would you|will you|i(?:'d| would) like to|i (?:want|need) to|tell me|show me|show"
    r"|let me know|let me see|can i (?:see|get)|so|and|ok|okay|hi|hello|hey)(?: (?:daybook|please))?,? +",
    re.IGNORECASE,
)
HELP = re.compile(
    r"what (?:can|do|does) (?:you|daybook|it) do|what can i (?:do|ask|write)|commands|menu|(?:i need )?help(?: me)?"
    r"|how do(?:es)? (?:i use )?(?:this|it|daybook|you)(?: work)?|what (?:is|are) (?:this|you|daybook)"
    r"|who are you",
    re.IGNORECASE,
)
WHAT_IS = re.compile(r"^what(?:'s|s| is) ", re.IGNORECASE)

COMMANDS = frozenset({"slots", "why", "agenda", "week", "book"})
OTHER_WORDS = {"free": "slots", "find": "slots", "day": "agenda", "today": "agenda", "picture": "week"}
PLANS = frozenset({"calendar", "schedule", "diary", "appointments", "meetings", "plans"})

_SENTENCES = (
    # who is free tomorrow; which of ana and ben is free on friday; is anybody around
    (
        rf"(?:who(?:'s|s| is| are)?|which)(?: of us)?(?: of (.+?))? (?:(?:is|are|has|have) )?(?:{_FREE}|time)\b(.*)",
        "who",
    ),
    (rf"(?:is|are) any(?:one|body)(?: of (.+?))? {_FREE}\b(.*)", "who"),
    # what's free on friday
    (rf"what(?:'s|s| is) {_FREE}\b(.*)", "free"),
    # is there a free slot tomorrow; find a time with ben; find a time to meet ben; free slots of ana
    (
        rf"(?:slots|find|any|are there|is there|search|{_FREE})(?: (?:for|me|us|any|an?|some|{_FREE}))* {_SLOTS}\b(.*)",
        "slots",
    ),
    (rf"(?:(?:i|we) (?:need|want|have) )?({_LENGTH}(?: (?:with|for|tomorrow|today|on|next|this)\b.*)?)", "slots"),
    # when is ben free next week; when can I meet ben
    (rf"when(?: is| are| am|'s)? (.+?) (?:(?:is|are|am) )?{_FREE}(?: to (?:meet|talk))?\b(.*)", "free"),
    (r"when (?:can|could|should|shall) (.+?) (?:meet|talk to|see)\b(.*)", "free"),
    (rf"when (?:do|does|has|have) (.+?) (?:have |got )?(?:any |an? |some )?(?:free )?{_SLOTS}\b(.*)", "free"),
    # why is ben not free tomorrow 15:00
    (r"why (?:is|are|am)(?:n't)? (.+?) (?:not |busy|free|available)+\b(.*)", "why"),
    (r"why can(?:'t|not) (?:i|we) (?:book|meet|see) (.+)", "why"),
    # am I free friday 3pm; does ben have time tomorrow
    (rf"(?:am|is|are) (.+?) (?:{_FREE}|busy)\b(.*)", "free"),
    (r"(?:do|does|have|has) (.+?) (?:have |got )?(?:any |some )?(?:free )?time\b(.*)", "free"),
    (r"can (.+?) meet\b(.*)", "free"),
    # what do I have tomorrow; what is ana doing on friday; what's on today
    (
        rf"(?:do|have|am) (?:i|we) (?:(?:have|got|doing) )?(?:anything|something|(?:any )?{_PLANS})\b{_ON}?(.*)",
        "agenda",
    ),
    (r"anything (?:on|planned|happening)\b(.*)", "agenda"),
    (
        r"what(?: do| have| am|'ve|'m)? (?:i|we)(?:'ve)? (?:have|got|doing)\b(?: got| planned| booked| on)?(.*)",
        "agenda",
    ),
    (r"what (?:have|am) (?:i|we) on\b(.*)", "agenda"),
    (r"what (?:does|has|is) (.+?) (?:have|got|doing|up to)\b(?: planned| booked| on)?(.*)", "agenda"),
    (
        rf"what(?:'s|s| is| does) (?:on|planned|coming up|next$|happening|(?:my |the )?{_PLANS})\b(?: look like)?(.*)",
        "agenda",
    ),
    (rf"how(?:'s| is| does) (?:my|the) {_PLANS}\b(?: look(?:ing)?)?(?: like)?(.*)", "agenda"),
    # how does my week look; my week; my calendar tomorrow; ana's day
    (r"(?:what|how)(?:'s|s| is| does) (?:on )?(?:my|the) week\b(?: look(?:ing)?)?(?: like)?(.*)", "week"),
    (r"(?:my|the) week\b(.*)", "week"),
    (rf"(?:my|the) {_PLANS}\b(.*)", "agenda"),
    (r"([^ ]+(?: [^ ]+)?)'s week\b(.*)", "week"),
    (rf"([^ ]+(?: [^ ]+)?)'s {_PLANS}\b(.*)", "agenda"),
    # is my calendar synced; sync my calendar; why do my events not sync
    (rf"(?:why )?(?:is|are|does|do)(?:n't)? {_CALENDAR}(?: not|n't)? {_SYNCED}", "status"),
    (r"(?:sync|refresh|update|reload|read) (?:my |the )?(?:calendars?|events?)", "status"),
    # delete my data; forget me
    (rf"(?:delete|erase|remove|forget|wipe) (?:all (?:of )?)?{_OF_MINE}", "forget"),
    # remind me 20 minutes before; stop reminders; my digests
    (r"(?:remind|notify|alert) me (\d.*)", "reminders"),
    (r"(?:remind|notify|alert) me\b.*", "reminders"),
    (r"(?:my|stop|change|edit|set|mute|disable|(?:turn|switch) off)(?: my| the)? reminders?", "reminders"),
    (r"(?:my|stop|change|edit|pause)(?: my| the)? digests?", "digest"),
    # book a 30m call with maya tue 15:00; meeting with maya; meet maya
    (
        rf"{_MAKE}(?: (?:me|us|an?|the|new|my))* ({_LENGTH} )?{_MEETING}\b(.*)",
        "book",
    ),
    (rf"(?:meet|{_MEETING}) with (.+)", "book"),
    (r"meet (.+)", "book"),
)
SENTENCES = tuple((re.compile(pattern, re.IGNORECASE), command) for pattern, command in _SENTENCES)
"""In this order: the first that fits is meant."""
