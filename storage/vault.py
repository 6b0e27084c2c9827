"""Seals secrets with AES-GCM, so that a stolen database opens nothing and a moved value does not open."""

import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.errors import DaybookError, KeyMissing, SecretUnreadable

_KEY_BYTES = 32
KEY_ID_BYTES = 8
_NONCE_BYTES = 12
_KEY_ID = re.compile(rb"[0-9a-f]{8}")
_DAMAGED = "A stored secret is damaged, or belongs elsewhere."
_HOW = "Make one with `daybook keys new` and set it as DAYBOOK_SECRET_KEYS."


class BadSecretKeys(DaybookError):
    """The configured keys cannot do their work; the sentence says what to do about it."""


def new_key() -> str:
    """A fresh key, as `Vault` takes it: 32 random bytes in URL-safe base64."""
    return urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


class Vault:
    """Seals with the first of `keys` and opens what any of them sealed.

    A sealed value is the key's id (8 hex digits of its SHA-256), a nonce and the ciphertext. The identity
    it was sealed for is authenticated but not stored: whoever opens it has to know whose it is.
    Raises `BadSecretKeys` where there is no key, or one that is not 32 bytes in base64.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise BadSecretKeys(f"Daybook has no key to seal secrets with. {_HOW}")
        opened = [_key_bytes(key, number) for number, key in enumerate(keys, start=1)]
        self._ciphers = {_key_id(key): AESGCM(key) for key in opened}
        # Keys of their own, so that what is digested says nothing about what is sealed.
        self._digesting = [(_key_id(key), hmac.digest(key, b"daybook digests", "sha256")) for key in opened]
        self._sealing_id = _key_id(opened[0])

    def __repr__(self) -> str:
        return f"Vault(keys={len(self._ciphers)})"

    def has_key(self, key_id: bytes) -> bool:
        """Whether the key of that id is among those configured."""
        return key_id in self._ciphers

    def seal_bytes(self, secret: bytes, *, identity: bytes) -> bytes:
        """Seal `secret` for the one place that `identity` names, such as a column of a row."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return self._sealing_id + nonce + self._ciphers[self._sealing_id].encrypt(nonce, secret, identity)

    def open_bytes(self, sealed: bytes, *, identity: bytes) -> bytes:
        """What was sealed for `identity`; raises `SecretUnreadable` for anything else, or its `KeyMissing`."""
        cipher = self._ciphers.get(sealed[:KEY_ID_BYTES])
        if cipher is None:
            raise KeyMissing if is_key_id(sealed[:KEY_ID_BYTES]) else SecretUnreadable(_DAMAGED)
        body = sealed[KEY_ID_BYTES:]
        try:
            return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], identity)
        except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce.
            raise SecretUnreadable(_DAMAGED) from error

    def seal(self, text: str, *, purpose: str) -> str:
        """`text` sealed as URL-safe text that opens for the same `purpose` alone."""
        sealed = self.seal_bytes(text.encode(), identity=_text_identity(purpose))
        return _unpadded(sealed)

    def digests(self, text: str, *, purpose: str) -> tuple[str, ...]:
        """What `text` is recognised by and cannot be read from, by each key; the first is the one to be stored."""
        told = f"{purpose}\0{text}".encode()
        return tuple(f"{key_id.decode()}:{hmac.digest(key, told, 'sha256').hex()}" for key_id, key in self._digesting)

    def open(self, sealed: str, *, purpose: str) -> str:
        """What `seal` was given; raises `SecretUnreadable`, also for another spelling of what was sealed."""
        try:
            body = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        except ValueError as error:
            raise SecretUnreadable("A sealed text is damaged.") from error
        # Decoding passes over what it does not understand: one sealed text would have as many names as one likes.
        if _unpadded(body) != sealed:
            raise SecretUnreadable("A sealed text is damaged.")
        return self.open_bytes(body, identity=_text_identity(purpose)).decode()


def is_key_id(value: bytes) -> bool:
    """Whether a sealed value could begin so; a damaged one does not."""
    return _KEY_ID.fullmatch(value) is not None


def _unpadded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _text_identity(purpose: str) -> bytes:
    return b"text:" + purpose.encode()


def _key_id(key: bytes) -> bytes:
    return sha256(key).hexdigest()[:KEY_ID_BYTES].encode()


def _key_bytes(key: str, number: int) -> bytes:
    """The key's bytes; its text appears in no error, only its place in the list does."""
    text = key.strip().rstrip("=").replace("+", "-").replace("/", "_")  # As other tools write base64.
    try:
        decoded = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        decoded = b""
    # Decoding passes over what it does not understand; only a key that encodes to itself again was meant.
    if len(decoded) != _KEY_BYTES or urlsafe_b64encode(decoded).decode().rstrip("=") != text:
        # `from None`: the decoder's own complaint may quote what it was given.
        raise BadSecretKeys(f"Secret key number {number} is not 32 bytes in base64. {_HOW}") from None
    return decoded
