"""Personal data at rest: AES-256-GCM columns, and a keyed index to find equal values without reading them."""

from __future__ import annotations

import base64
import hmac
import os
import unicodedata
from binascii import b2a_base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.models.lookups import Exact

from .keyfile import new_key, secret_file

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
    _CharField = models.CharField[str, str]
else:  # generic for the type checker only
    _TextField = models.TextField
    _CharField = models.CharField

_NONCE = 12


class UnreadableError(ValueError):
    """A token that none of the keys opens: the key is missing, or the value was altered."""


@dataclass(frozen=True)
class KeyRing:
    """The keys of personal fields; the first encrypts, all decrypt."""

    keys: tuple[bytes, ...]

    @classmethod
    def parse(cls, text: str) -> KeyRing:
        """Keys in URL-safe base64, separated by commas or lines. Raises ``ImproperlyConfigured``."""
        parts = [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]
        try:
            keys = tuple(base64.urlsafe_b64decode(part) for part in parts)
        except ValueError as error:
            raise ImproperlyConfigured("个人信息字段的密钥须为 base64 文本。") from error
        if not keys or any(len(key) != 32 for key in keys):
            raise ImproperlyConfigured("个人信息字段的密钥须为 32 字节，以 base64 书写，以逗号分隔。")
        return cls(keys)

    @cached_property
    def ciphers(self) -> dict[str, AESGCM]:
        return {sha256(key).hexdigest()[:8]: AESGCM(key) for key in self.keys}

    @cached_property
    def first(self) -> str:
        """The id of the key that encrypts; it stands in front of each token."""
        return next(iter(self.ciphers))

    @cached_property
    def index_keys(self) -> tuple[bytes, ...]:
        return tuple(hmac.digest(key, b"gongkai blind index", "sha256") for key in self.keys)

    def encrypt(self, text: str, context: bytes) -> str:
        """A token of the text. ``context`` names the column: a token moved to another column does not open."""
        nonce = os.urandom(_NONCE)
        sealed = self.ciphers[self.first].encrypt(nonce, text.encode(), context)
        return f"{self.first}.{b2a_base64(nonce + sealed, newline=False).decode()}"

    def decrypt(self, token: str, context: bytes) -> str:
        """The text of a token. Raises :class:`UnreadableError`."""
        key_id, _, body = token.partition(".")
        cipher = self.ciphers.get(key_id)
        if cipher is None:
            raise UnreadableError("没有解开此字段的密钥；请把原来的密钥加入 GONGKAI_FIELD_KEYS。")
        try:
            raw = base64.b64decode(body, validate=True)
            return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], context).decode()
        except (InvalidTag, ValueError) as error:
            raise UnreadableError("加密字段已被改动，不能解开。") from error


@lru_cache(maxsize=4)
def _ring(text: str, path: Path) -> KeyRing:
    return KeyRing.parse(text or secret_file(path, new_key))


def keyring() -> KeyRing:
    """The keys from ``GONGKAI_FIELD_KEYS`` or from ``keys/fields.key`` of the installation, made on first use.

    Read once a process: after a change of keys the services are restarted.
    """
    return _ring(settings.FIELD_KEYS, settings.FIELD_KEYS_FILE)


def blind_indexes(value: str, purpose: str) -> list[str]:
    """HMAC-SHA-256 of a value under each key, the encrypting one first; "" has none.

    Store the first, search for all (``column__in``): equal values are found while keys are being rotated.
    Letter case, width and spaces do not matter (身份证号 ends in x or X).
    """
    return [found for key in keyring().index_keys if (found := _index(key, value, purpose))]


def blind_index(value: str, purpose: str) -> str:
    """The index to store: under the encrypting key; "" for an empty value."""
    return _index(keyring().index_keys[0], value, purpose)


def _index(key: bytes, value: str, purpose: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", value).split()).upper()
    return hmac.digest(key, f"{purpose}\n{plain}".encode(), "sha256").hex() if plain else ""


class EncryptedTextField(_TextField):
    """Text that is encrypted in the database. It can be asked whether it is null or empty, nothing else."""

    description = "Text, AES-256-GCM at rest"

    @cached_property
    def context(self) -> bytes:
        return f"{self.model._meta.label_lower}.{self.attname}".encode()

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return keyring().decrypt(value, self.context) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return self.seal(value) if isinstance(value, str) else super().get_prep_value(value)

    def seal(self, text: str) -> str:
        """The token stored for a text; an empty text tells nothing and stays empty."""
        return keyring().encrypt(text, self.context) if text else text

    def sealer(self) -> Callable[[str], str]:
        """:meth:`seal` for many texts: the key is looked up once."""
        encrypt, context = keyring().encrypt, self.context
        return lambda text: encrypt(text, context) if text else text

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in {"isnull", "exact"}:
            return super().get_lookup(lookup_name)
        raise _refused(self.name, lookup_name)


@EncryptedTextField.register_lookup
class IsEmpty(Exact):
    """``field=""``, the one equality that means something: the empty text is not encrypted."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise _refused(self.lhs.target.name, "exact")
        return self.rhs


def _refused(field: str, lookup_name: str) -> FieldError:
    return FieldError(f"{field} is encrypted: look for its blind index instead of {lookup_name!r}")


class BlindIndexField(_CharField):
    """The blind index of an encrypted field of the same model, kept in step with it; "" while it is empty.

    Look for equal values with ``filter(column__in=field.candidates(value))``.
    """

    def __init__(self, source: str = "", **options: Any) -> None:
        self.source = source
        options.setdefault("max_length", 64)
        options.setdefault("blank", True)
        options.setdefault("default", "")
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "source": self.source}

    @cached_property
    def purpose(self) -> str:
        """What the index is for; equal values of different columns have different indexes."""
        return f"{self.model._meta.label_lower}.{self.source}"

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = blind_index(getattr(model_instance, self.source) or "", self.purpose)
        setattr(model_instance, self.attname, value)
        return value

    def indexer(self) -> Callable[[str], str]:
        """The index to store for many values: the key is looked up once."""
        key, purpose = keyring().index_keys[0], self.purpose
        return lambda value: _index(key, value, purpose)

    def candidates(self, value: str) -> list[str]:
        """What an equal value may be stored as: its index under each key."""
        return blind_indexes(value, self.purpose)
