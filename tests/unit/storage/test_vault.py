"""The vault opens what it sealed, for whom it was sealed, and nothing else."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import KeyMissing, SecretUnreadable
from storage.vault import BadSecretKeys, Vault, new_key

OLD, NEW = (base64.urlsafe_b64encode(bytes([number]) * 32).decode() for number in (0xFB, 2))
VAULT = Vault([OLD])
SEALED = VAULT.seal_bytes(b"refresh token", identity=b"account:1:credential")


@given(secret=st.binary(max_size=200), identity=st.binary(max_size=50))
def test_what_was_sealed_opens_for_the_same_identity(secret: bytes, identity: bytes) -> None:
    assert VAULT.open_bytes(VAULT.seal_bytes(secret, identity=identity), identity=identity) == secret


# fault 24
@given(secret=st.binary(min_size=8, max_size=200))
def test_a_sealed_value_does_not_show_what_is_in_it(secret: bytes) -> None:
    assert secret not in VAULT.seal_bytes(secret, identity=b"account:1")


def test_the_same_secret_never_looks_the_same() -> None:
    assert VAULT.seal_bytes(b"token", identity=b"a") != VAULT.seal_bytes(b"token", identity=b"a")


# fault 25
def test_a_value_does_not_open_for_another_row() -> None:
    with pytest.raises(SecretUnreadable):
        VAULT.open_bytes(SEALED, identity=b"account:2:credential")


# fault 25
@given(bit=st.integers(0, len(SEALED) * 8 - 1))
def test_a_value_with_any_bit_flipped_does_not_open(bit: int) -> None:
    flipped = bytearray(SEALED)
    flipped[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SecretUnreadable):
        VAULT.open_bytes(bytes(flipped), identity=b"account:1:credential")


# fault 25
@given(length=st.integers(0, len(SEALED) - 1))
def test_a_value_cut_anywhere_does_not_open(length: int) -> None:
    with pytest.raises(SecretUnreadable):
        VAULT.open_bytes(SEALED[:length], identity=b"account:1:credential")


# fault 25
def test_a_value_whose_key_was_removed_is_refused_by_that_name() -> None:
    with pytest.raises(KeyMissing):
        Vault([NEW]).open_bytes(SEALED, identity=b"account:1:credential")


# fault 26
def test_the_first_key_seals_and_all_keys_open() -> None:
    both = Vault([NEW, OLD])

    assert both.open_bytes(SEALED, identity=b"account:1:credential") == b"refresh token"
    assert Vault([NEW]).open_bytes(both.seal_bytes(b"x", identity=b"a"), identity=b"a") == b"x"


@given(text=st.text(max_size=100), purpose=st.text(max_size=20))
def test_a_sealed_text_is_safe_in_an_address_and_opens_for_its_purpose(text: str, purpose: str) -> None:
    sealed = VAULT.seal(text, purpose=purpose)

    assert set(sealed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert VAULT.open(sealed, purpose=purpose) == text


# fault 15
@pytest.mark.parametrize("forged", ["", "a", "not base64!", "ÄÖÜ", "YWJj", "A" * 200, "\x00"])
def test_a_forged_text_does_not_open(forged: str) -> None:
    with pytest.raises(SecretUnreadable):
        VAULT.open(forged, purpose="state")


# fault 15
@given(forged=st.text(max_size=100))
def test_no_text_that_was_not_sealed_opens(forged: str) -> None:
    with pytest.raises(SecretUnreadable):
        VAULT.open(forged, purpose="state")


# fault 15
@pytest.mark.parametrize(
    "respelt",
    [
        lambda sealed: f"{sealed[:9]}~{sealed[9:]}",
        lambda sealed: f"{sealed}~~~",
        lambda sealed: f"{sealed}=",
        lambda sealed: f"{sealed}\n",
        lambda sealed: sealed.replace("-", "+").replace("_", "/") + "\u00e4",
        # The bits that are left over of its last letter.
        lambda sealed: sealed[:-1] + chr(ord(sealed[-1]) + 1),
    ],
    ids=["a foreign letter", "some at the end", "padded", "a line break", "beyond ASCII", "other spare bits"],
)
def test_what_was_sealed_opens_by_its_own_spelling_alone(respelt: Callable[[str], str]) -> None:
    sealed = VAULT.seal("U1" * 4, purpose="state")
    assert VAULT.open(sealed, purpose="state") == "U1" * 4
    with pytest.raises(SecretUnreadable):
        VAULT.open(respelt(sealed), purpose="state")


# fault 15
def test_a_text_sealed_for_one_purpose_does_not_open_for_another() -> None:
    with pytest.raises(SecretUnreadable):
        VAULT.open(VAULT.seal("U1", purpose="link"), purpose="state")


def test_a_new_key_is_one_that_a_vault_takes() -> None:
    first, second = new_key(), new_key()

    assert first != second
    assert Vault([first]).open(Vault([first, second]).seal("x", purpose="p"), purpose="p") == "x"


@pytest.mark.parametrize(
    "keys", [[], [""], ["short"], [new_key()[:-4]], [OLD, "c2hvcnQ="], ["ä" * 43], [new_key() * 2]]
)
def test_keys_that_seal_nothing_are_refused_with_the_way_to_a_good_one(keys: list[str]) -> None:
    with pytest.raises(BadSecretKeys, match="daybook keys new"):
        Vault(keys)


@pytest.mark.parametrize(
    "written",
    [OLD, f" {OLD}\n", OLD.rstrip("="), OLD.replace("-", "+").replace("_", "/")],
    ids=["as made", "with spaces", "unpadded", "in the other alphabet"],
)
def test_a_key_is_taken_however_tools_write_base64(written: str) -> None:
    assert Vault([written]).open_bytes(SEALED, identity=b"account:1:credential") == b"refresh token"


# fault 23
def test_no_key_is_shown_in_words_or_in_complaints() -> None:
    damaged = OLD[:-4]

    with pytest.raises(BadSecretKeys) as refusal:
        Vault([damaged])

    assert damaged not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert OLD not in repr(VAULT) + str(vars(VAULT))


def test_a_digest_is_known_again_by_the_same_key_and_purpose_alone() -> None:
    [told] = Vault([OLD]).digests("maya@ortiz.test", purpose="a")
    assert Vault([NEW, OLD]).digests("maya@ortiz.test", purpose="a")[1] == told
    assert told not in Vault([NEW, OLD]).digests("maya@ortiz.test", purpose="b")
    assert "maya" not in told
