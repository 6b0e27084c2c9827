"""Domains of e-mail addresses: those where anybody gets an address, and how an admin writes the team's own."""

import re
from collections.abc import Iterable

from bot.domain.contacts import BadAddress, normalised_email
from bot.domain.errors import DaybookError

MOST_DOMAINS = 50

_PUBLIC = frozenset(
    {
        "126.com",
        "163.com",
        "bluewin.ch",
        "btinternet.com",
        "comcast.net",
        "fastmail.com",
        "free.fr",
        "freenet.de",
        "gmail.com",
        "googlemail.com",
        "hey.com",
        "icloud.com",
        "laposte.net",
        "libero.it",
        "mac.com",
        "mail.com",
        "mail.ru",
        "mailbox.org",
        "me.com",
        "naver.com",
        "orange.fr",
        "pm.me",
        "posteo.de",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "rediffmail.com",
        "rocketmail.com",
        "seznam.cz",
        "t-online.de",
        "tuta.com",
        "tutanota.com",
        "web.de",
        "wp.pl",
        "ymail.com",
        "zoho.com",
    }
)
# These have a name in every country, such as yahoo.co.uk.
_FAMILIES = re.compile(r"(aol|gmx|hotmail|live|msn|outlook|yahoo|yandex)(\.[a-z]{2,3}){1,2}")


class BadDomain(DaybookError):
    """It cannot be one of the team's own; the sentence says why."""


def is_public(domain: str) -> bool:
    """Whether anybody gets an address there, so that the domain says nothing of who somebody works for."""
    return domain in _PUBLIC or _FAMILIES.fullmatch(domain) is not None


def domain_of(email: str) -> str:
    """What stands behind the "@" of a normalised address."""
    return email.rpartition("@")[2]


def looks_like_a_colleagues(address: str, own: Iterable[str]) -> bool:
    """Whether an address looks like one of the team: of the same domain as one of `own`, the team's known addresses.

    It is a guess, good for a hint: domains at which anybody can have an address tell nothing, so there only the
    same address counts.
    """
    domain = domain_of(address)
    return any(
        one.lower() == address or (not is_public(domain) and domain_of(one.lower()) == domain)
        for one in own
        if "@" in one
    )


def own_domains(written: str) -> tuple[str, ...]:
    """The domains in a text, one a line or with commas between, each once; raises `BadDomain`."""
    found = dict.fromkeys(_domain(word) for word in re.split(r"[\s,;]+", written) if word)
    if len(found) > MOST_DOMAINS:
        raise BadDomain(f"Write at most {MOST_DOMAINS} domains; these are {len(found)}.")
    return tuple(found)


def _domain(word: str) -> str:
    shown = word[:80]
    try:
        domain = domain_of(normalised_email(f"x@{word.removeprefix('@')}"))
    except BadAddress as error:
        raise BadDomain(f"{shown} is no domain. Write what stands behind the @, like acme.test.") from error
    if is_public(domain):
        raise BadDomain(f"Anybody gets an address at {domain}, so it cannot be one of yours alone. Leave it out.")
    return domain
