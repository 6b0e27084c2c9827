"""Addresses as people type them, and as attackers do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts import (
    LONGEST_NAME,
    BadAddress,
    NewContact,
    new_contact,
    normalised_email,
)


@pytest.mark.parametrize(
    ("written", "email"),
    [
        (" Maya@Ortiz.Test ", "maya@ortiz.test"),
        ("maya+crm@ortiz.test", "maya+crm@ortiz.test"),
        ("o'brien@sub.domain.test", "o'brien@sub.domain.test"),
        ("maya@münchen.test", "maya@xn--mnchen-3ya.test"),
        # A Cyrillic а in the domain: its ASCII form shows that it is another one.
        ("maya@pаypal.test", "maya@xn--pypal-4ve.test"),
    ],
)
def test_an_address_is_known_in_one_form(written: str, email: str) -> None:  # fault 61
    assert normalised_email(written) == email


@pytest.mark.parametrize(
    "written",
    [
        "",
        "maya",
        "@ortiz.test",
        "maya@",
        "maya@ortiz",
        "maya@@ortiz.test",
        "maya ortiz@ortiz.test",
        "maya@ortiz.test\r\nBcc: all@acme.test",
        "maya@ortiz.test,lee@chen.test",
        '"maya"@ortiz.test',
        "<maya@ortiz.test>",
        ".maya@ortiz.test",
        "maya..o@ortiz.test",
        "maya@-ortiz.test",
        "maya@ortiz..test",
        "maya@10.0.0.1",
        "mаya@ortiz.test",
        "x" * 65 + "@ortiz.test",
        "maya@" + "x" * 63 + "." + "y" * 63 + "." + "z" * 63 + "." + "w" * 63 + ".test",
        "maya@" + "x" * 300 + ".test",
        "maya@ortiz.test\x00",
    ],
)
def test_what_is_no_plain_address_is_refused(written: str) -> None:  # fault 61
    with pytest.raises(BadAddress, match="Write one e-mail address"):
        normalised_email(written)


@pytest.mark.slow
@given(st.text(max_size=400) | st.emails())
def test_an_address_is_refused_or_stays_the_same_when_read_again(written: str) -> None:  # fault 61
    try:
        email = normalised_email(written)
    except BadAddress:
        return
    assert normalised_email(email) == email
    assert email.isascii()
    assert len(email) <= 254
    assert not set(email) & set('\r\n\t <>,;:"()[]\\\x00')


def test_a_contact_without_a_name_is_called_by_the_address() -> None:
    assert new_contact("Maya@ortiz.test", "  ") == NewContact("maya@ortiz.test", "maya")
    assert new_contact("o'brien@ortiz.test", "").name == "o'brien"


def test_a_name_is_one_line_and_not_endless() -> None:
    assert new_contact("maya@ortiz.test", " Maya \n Ortiz ").name == "Maya Ortiz"
    assert len(new_contact("maya@ortiz.test", "x" * 10_000).name) == LONGEST_NAME


@pytest.mark.parametrize(
    ("written", "email"),
    [("maya@fa\u00df.test", "maya@xn--fa-hia.test"), ("Maya@ORTIZ.test", "maya@ortiz.test")],
)
def test_an_address_is_never_changed_into_a_strangers(written: str, email: str) -> None:
    assert normalised_email(written) == email


@pytest.mark.parametrize("written", ["ma\u00dfa@ortiz.test", "\u212aate@ortiz.test", "maya@or\u200dtiz.test"])
def test_letters_that_would_become_others_are_refused(written: str) -> None:
    with pytest.raises(BadAddress):
        normalised_email(written)


def test_a_name_has_nothing_that_turns_the_direction_of_writing() -> None:
    assert new_contact("maya@ortiz.test", "Maya \u202eOrtiz\u2066").name == "Maya Ortiz"
