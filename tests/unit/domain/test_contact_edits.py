"""Forms of contacts as people fill them in, and two contacts made into one."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contact_edits import (
    CannotMerge,
    ContactEdit,
    ContactField,
    ContactTyped,
    merged,
    read_edit,
    read_new,
    tags_in,
)
from bot.domain.contacts import LONGEST_NAME, LONGEST_NOTE, LONGEST_PHONE, MOST_TAGS, Contact
from bot.domain.preference_changes import FieldMistakes

MAYA = Contact(UUID(int=1), UUID(int=9), "maya@ortiz.test", "Maya Ortiz")
TYPED = ContactTyped("Maya Ortiz")


def test_what_was_typed_is_tidied() -> None:
    typed = ContactTyped(
        " Maya\tOrtiz\u202e ", "+1  212", "Europe/Berlin", " VIP ,client;vip ", "\n Tea. \n\n No milk\u202e\n"
    )
    assert read_edit(typed) == ContactEdit(
        "Maya Ortiz", "+1 212", "Europe/Berlin", ("vip", "client"), "Tea.\n\n No milk"
    )


@pytest.mark.parametrize(
    ("typed", "by_field"),
    [
        (ContactTyped(" \u202e "), {"contact_name": "Write a name."}),
        (
            ContactTyped("x" * 121, "1" * 41, note="n" * 2001),
            {
                "contact_name": "Write at most 120 characters; these are 121.",
                "contact_phone": "Write at most 40 characters; these are 41.",
                "contact_note": "Write at most 2,000 characters; these are 2,001.",
            },
        ),
        (
            replace(TYPED, zone="Mars/Olympus"),
            {"contact_zone": "There is no time zone named “Mars/Olympus”. Names look like Europe/Berlin."},
        ),
        (
            replace(TYPED, tags="<b>"),
            {"contact_tags": "Write one tag of at most 40 characters, like vip or new lead."},
        ),
    ],
)
def test_each_mistake_stands_on_its_field(typed: ContactTyped, by_field: dict[str, str]) -> None:
    with pytest.raises(FieldMistakes) as found:
        read_edit(typed)
    assert found.value.by_field == by_field


def test_a_new_contact_without_a_name_is_called_by_the_address() -> None:
    assert read_new(ContactTyped(email=" Lee@Chen.test")) == ("lee@chen.test", ContactEdit("lee", "", "", (), ""))


def test_mistakes_of_a_new_contact_are_told_together() -> None:
    with pytest.raises(FieldMistakes) as found:
        read_new(ContactTyped(email="lee", tags="<"))
    assert sorted(found.value.by_field) == [ContactField.EMAIL, ContactField.TAGS]


def test_an_edit_makes_the_next_version_and_none_where_nothing_differs() -> None:
    edit = read_edit(replace(TYPED, tags="client"))
    edited = edit.on(MAYA)
    assert edited == replace(MAYA, tags=("client",), version=2)
    assert edit.on(edited) is edited


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=3000), st.text(max_size=200))
def test_whatever_is_typed_is_refused_or_kept_within_bounds(name: str, phone: str, note: str, tags: str) -> None:
    try:
        edit = read_edit(ContactTyped(name, phone, "", tags, note))
    except FieldMistakes:
        return
    assert 1 <= len(edit.name) <= LONGEST_NAME
    assert len(edit.phone) <= LONGEST_PHONE
    assert len(edit.note) <= LONGEST_NOTE
    assert len(edit.tags) == len(set(edit.tags)) <= MOST_TAGS
    assert "\n" not in edit.name + edit.phone
    again = ContactTyped(edit.name, edit.phone, "", ", ".join(edit.tags), edit.note)
    assert read_edit(again) == edit


def test_merging_keeps_what_one_has_and_takes_what_only_the_other_knew() -> None:
    kept = replace(MAYA, phone="1", tags=("a",), note="Tea.", version=4)
    gone = replace(
        MAYA, id=UUID(int=2), email="m@old.test", name="M.", zone="UTC", phone="2", tags=("b", "a"), note="Milk."
    )
    assert merged(kept, gone) == replace(kept, zone="UTC", tags=("a", "b"), note="Tea.\n\nMilk.", version=5)
    assert merged(gone, kept).phone == "2"
    assert merged(kept, replace(gone, note="Tea.")).note == "Tea."


def test_what_would_be_too_much_together_is_refused() -> None:
    long = replace(MAYA, note="x" * 1500)
    with pytest.raises(CannotMerge, match=r"3,002 characters, and 2,000 are the most"):
        merged(long, replace(long, note="y" * 1500))


def test_tags_are_words_with_commas_between() -> None:
    assert tags_in("") == ()
    assert tags_in("New  Lead,, vip") == ("new lead", "vip")
