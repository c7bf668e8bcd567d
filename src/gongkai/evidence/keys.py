"""The key with which this installation signs bundles: Ed25519, in ``keys/``, made on first use."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from gongkai.ledger.keyfile import secret_file


def signing_key() -> Ed25519PrivateKey:
    """The private key; whoever has it signs as this installation. Raises ``ValueError`` when the file is none."""
    path = Path(settings.HOME) / "keys" / "evidence.key"
    text = secret_file(path, lambda: Ed25519PrivateKey.generate().private_bytes_raw().hex())
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))
    except ValueError as error:
        raise ValueError("keys/evidence.key 不是签名密钥，请从备份恢复。") from error


def public_key() -> str:
    """The public key in hexadecimal, as it stands in manifests."""
    return signing_key().public_key().public_bytes_raw().hex()
