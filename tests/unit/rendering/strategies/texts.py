"""Foreign text at its worst, and the ids and addresses that only look so."""

# Halves of surrogate pairs are not among them: no database takes them, and whatever reads Google leaves them out.
NASTIES = (
    "<!channel> all of you",
    "<!here|now>",
    "<@U0EVIL> <#C0EVIL|general>",
    "<https://evil.test|bank> https://evil.test",
    "&lt;!everyone&gt; <!everyone>",
    "*zbold* _zslant_ ~zstruck~ `zcode`",
    "> zquote\n>>> zquotes",
    "```zfence```",
    ":tada: :skull:",
    "\u202egnol\u202c \u2066zhid\u2069 \u200f\u061c",
    "z\u200be\u200dr\ufeffo",
    "z\x00n\x07u\x1bl",
    "😀🏳️‍🌈👩‍👩‍👧",
    "שלום עולם مرحبا",
    "z\u0301\u0302\u0303" * 20,
    "",
    "   \n\t ",
    "\u200b\u2060",
    "z" * 10_000,
    "<!channel> " * 1_000,
    "*&<>_~`" * 1_500,
    "line\n" * 400,
)
SHORT_NASTIES = tuple(text for text in NASTIES if len(text) <= 200)

# What would be there if one of the texts above meant something to Slack.
CALLS = ("<!channel", "<!here", "<!everyone", "<@U0EVIL", "<#C0EVIL", "<https://evil", "|bank>")
MARKS = (
    *("*zbold*", "_zslant_", "~zstruck~", "`zcode`", "```zfence", "\n> zquote", "\n>>> zquotes", ":tada:", ":skull:"),
)

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
ADDRESSES = ("https://daybook.test/x?a=1&b=2", "https://" + "a" * 1_900 + ".test")
EVENT_IDS = ("e1", "e" * 1_024, "e" * 1_000 + "_20261124T140000Z")
CALENDAR_IDS = ("ana@acme.test", "c_" + "0" * 64 + "@group.calendar.google.com")
MAILBOXES = (
    "maya@ortiz.test",
    "z" * 64 + "@" + "z" * 180 + ".test",
    "*zbold*@ortiz.test",
    "_zslant_`zcode`@ortiz.test",
    "a&b@ortiz.test",
)
