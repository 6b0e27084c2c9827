"""Where anybody gets an address, and which domains an admin may name as the team's own."""

import pytest

from bot.domain.mail_domains import BadDomain, is_public, looks_like_a_colleagues, own_domains


@pytest.mark.parametrize(
    "domain",
    [
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com"),
        *("gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com", "aol.com", "yahoo.co.uk", "hotmail.fr"),
    ],
)
def test_public_mail_belongs_to_nobody(domain: str) -> None:
    assert is_public(domain)
    with pytest.raises(BadDomain, match=f"Anybody gets an address at {domain}, so it cannot be one of yours alone"):
        own_domains(domain)


@pytest.mark.parametrize(
    "domain", ["acme.test", "mail.acme.test", "notgmail.com", "gmail.com.evil.test", "live.acme.com"]
)
def test_a_firms_domain_does_not(domain: str) -> None:
    assert not is_public(domain)
    assert own_domains(domain) == (domain,)


def test_domains_are_read_from_lines_and_commas_in_their_ascii_form() -> None:
    assert own_domains(" @Acme.test,\nmünchen.test acme.test ;") == ("acme.test", "xn--mnchen-3ya.test")
    assert own_domains("") == ()


@pytest.mark.parametrize("written", ["acme", "a@acme.test", "http://acme.test", "-x.test", "10.0.0.1", "acme.test/x"])
def test_what_is_no_domain_is_refused(written: str) -> None:
    with pytest.raises(BadDomain, match="is no domain"):
        own_domains(written)


def test_there_is_an_end_to_how_many() -> None:
    with pytest.raises(BadDomain, match="at most 50 domains; these are 51"):
        own_domains("\n".join(f"a{number}.test" for number in range(51)))


@pytest.mark.parametrize(
    ("address", "own", "is_one"),
    [
        ("cara@acme.test", ["ana@acme.test"], True),
        ("maya@ortiz.test", ["ana@acme.test"], False),
        ("maya@gmail.com", ["ana@gmail.com"], False),
        ("maya@gmx.net", ["ana@gmx.net"], False),
        ("ana@gmail.com", ["Ana@gmail.com"], True),
        ("cara@acme.test", [], False),
    ],
)
def test_whose_address_is_of_the_same_house_looks_like_a_colleague(
    address: str, own: list[str], *, is_one: bool
) -> None:
    assert looks_like_a_colleagues(address, own) is is_one
