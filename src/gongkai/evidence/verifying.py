"""Verify a bundle on any machine: every file, the chain, the signature. Pure: neither Django nor a database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gongkai.ledger.chain import GENESIS, digest

from .container import CHAIN, ENTRIES, MANIFEST, SIGNATURE, Manifest, NotABundleError, Opened

_FIELDS = {
    "agency": int,
    "position": int,
    "stream": str,
    "stream_id": int,
    "kind": str,
    "occurred_on": str,
    "recorded_at": str,
    "actor": (int, type(None)),
    "payload": str,
    "previous": str,
    "digest": str,
}
_CHAIN_LINE = re.compile(r"([1-9]\d{0,18}) ([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: whether it holds, and what to say of it."""

    holds: bool
    text: str


@dataclass(slots=True)
class Verdict:
    """What was found of a bundle. ``chain`` are the digests of the agency's ledger that it gives."""

    manifest: Manifest
    points: list[Point] = field(default_factory=list)
    chain: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return all(point.holds for point in self.points)

    def say(self, reasons: Sequence[str], good: str) -> None:
        """A point that holds where there is no reason against it."""
        self.points.extend([Point(False, reason) for reason in reasons] or [Point(True, good)])


def fingerprint(public_key: str) -> str:
    """The SHA-256 of a public key in groups of four, as it is printed and read out."""
    text = sha256(bytes.fromhex(public_key)).hexdigest()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def verify(path: Path, key: str | None = None) -> Verdict:
    """Look at everything. Raises :class:`NotABundleError` for what is no bundle.

    ``key``: the public key of the agency, or its fingerprint, as it was had by another way; spaces do not matter.
    """
    with Opened(path) as bundle:
        verdict = Verdict(bundle.manifest)
        verdict.say(list(_files(bundle)), f"{len(bundle.manifest.files)} 个文件与清单一致，顺序未变，没有增删")
        whole = bundle.manifest_bytes == bundle.manifest.encoded() and bundle.is_as_written()
        verdict.say([] if whole else ["压缩包的字节被改动过（内容之外的部分也算）"], "压缩包逐字节与生成时相同")
        verdict.say(list(_signature(bundle, key)), _signed(bundle.manifest, key))
        verdict.say(list(_chain(bundle, verdict)), _linked(verdict))
        return verdict


def consistent(verdicts: Sequence[tuple[str, Verdict]]) -> list[Point]:
    """Bundles of one agency made at different times against one another: the ledger of all of them is one chain."""
    points = []
    for index, (name, one) in enumerate(verdicts):
        for other_name, other in verdicts[index + 1 :]:
            if (one.manifest.agency, one.manifest.public_key) != (other.manifest.agency, other.manifest.public_key):
                continue
            shared = min(len(one.chain), len(other.chain))
            differing = next((at for at in range(shared) if one.chain[at] != other.chain[at]), None)
            text = f"{name} 与 {other_name} 的台账前 {shared} 条相同"
            if differing is not None:
                text = f"{name} 与 {other_name} 的台账自第 {differing + 1} 条起不同：其间有记录被改动"
            points.append(Point(differing is None, text))
    return points


def _files(bundle: Opened) -> Iterator[str]:
    listed = [each.path for each in bundle.manifest.files]
    if bundle.names != [*listed, MANIFEST, SIGNATURE]:
        for name in sorted(set(listed) - set(bundle.names)):
            yield f"缺少文件：{name}"
        for name in sorted(set(bundle.names) - {*listed, MANIFEST, SIGNATURE}):
            yield f"多出清单没有的文件：{name}"
        yield "文件的名称或者顺序与清单不同"
    for each in bundle.manifest.files:
        if each.path not in bundle.names:
            continue
        try:
            content = bundle.read(each.path)
        except NotABundleError as error:
            yield str(error)
            continue
        if sha256(content).hexdigest() != each.sha256 or len(content) != each.size:
            yield f"文件被改动：{each.path}"


def _signature(bundle: Opened, key: str | None) -> Iterator[str]:
    public = bundle.manifest.public_key
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(bundle.signature.decode("ascii")), bundle.manifest_bytes
        )
    except (InvalidSignature, ValueError):
        yield "清单的签名不符：清单被改动，或者不是用清单所列的密钥签的"
    if key is not None:
        given = re.sub(r"[\s:]", "", key).lower()
        if given not in (public, sha256(bytes.fromhex(public)).hexdigest()):
            yield "签名的密钥不是所给的那一把：证据包不是那个机关的系统生成的"


def _signed(manifest: Manifest, key: str | None) -> str:
    if key is not None:
        return "签名有效，密钥与所给的一致"
    return f"签名有效；请向机关核对公钥指纹：{fingerprint(manifest.public_key)}（核对过的用 --key 指明）"


def _linked(verdict: Verdict) -> str:
    head = verdict.manifest.chain
    return f"本案各条记录的内容与摘要相符，都在机关台账的链上（共 {head.position} 条，链头 {head.digest[:16]}…）"


def _chain(bundle: Opened, verdict: Verdict) -> Iterator[str]:
    """The links of the ledger, from the first entry to the head, and the entries of this case among them."""
    try:
        verdict.chain = list(_digests(bundle.read(CHAIN)))
        entries = list(_entries(bundle.read(ENTRIES)))
    except NotABundleError as error:
        yield str(error)
        return
    head, chain = verdict.manifest.chain, verdict.chain
    if (len(chain), chain[-1] if chain else GENESIS) != (head.position, head.digest):
        yield "摘要链的末尾与清单所列的链头不符"
    streams, before = {tuple(each) for each in verdict.manifest.streams}, 0
    for entry in entries:
        position = entry["position"]
        if not before < position <= len(chain):
            yield f"本案记录第 {position} 条的序号不对"
            return
        before = position
        if entry["agency"] != verdict.manifest.agency.id or (entry["stream"], entry["stream_id"]) not in streams:
            yield f"第 {position} 条不是本案的记录"
        if entry["digest"] != _digest_of(entry):
            yield f"第 {position} 条的内容与摘要不符：记录被改动"
        if entry["digest"] != chain[position - 1]:
            yield f"第 {position} 条不在摘要链上"
        if entry["previous"] != (chain[position - 2] if position > 1 else GENESIS):
            yield f"第 {position} 条与上一条不相衔接"
    if not entries:
        yield "没有本案的记录"


def _digest_of(entry: dict[str, Any]) -> str:
    return digest(
        entry["agency"],
        entry["position"],
        entry["stream"],
        entry["stream_id"],
        entry["kind"],
        entry["occurred_on"],
        entry["recorded_at"],
        entry["actor"],
        entry["payload"],
        entry["previous"],
    )


def _digests(content: bytes) -> Iterator[str]:
    try:
        lines = content.decode("ascii").splitlines()
    except UnicodeDecodeError as error:
        raise NotABundleError("摘要链不能读取") from error
    for number, line in enumerate(lines, 1):
        found = _CHAIN_LINE.fullmatch(line)
        if found is None or int(found[1]) != number:
            raise NotABundleError(f"摘要链第 {number} 行不对")
        yield found[2]


def _entries(content: bytes) -> Iterator[dict[str, Any]]:
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError as error:
        raise NotABundleError("本案记录不能读取") from error
    for number, line in enumerate(lines[:-1] if lines[-1] == "" else lines, 1):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise NotABundleError(f"本案记录第 {number} 行不能读取") from error
        if not isinstance(entry, dict) or set(entry) != set(_FIELDS):
            raise NotABundleError(f"本案记录第 {number} 行的项不对")
        if any(isinstance(entry[name], bool) or not isinstance(entry[name], kind) for name, kind in _FIELDS.items()):  # type: ignore[arg-type]
            raise NotABundleError(f"本案记录第 {number} 行的值不对")
        yield entry
