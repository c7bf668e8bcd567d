"""A bundle holds on another machine, and whatever is done to it is found."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongkai.evidence.container import Manifest, NotABundleError, is_safe, write
from gongkai.evidence.keys import public_key
from gongkai.evidence.services import make
from gongkai.evidence.verifying import consistent, fingerprint, verify
from gongkai.ledger.chain import canonical

from .conftest import NOW, World

Parts = dict[str, bytes]


def read(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def found_out(path: Path, key: str | None = None) -> bool:
    """Whether it is refused, or something of it does not hold."""
    try:
        return not verify(path, key).holds
    except NotABundleError:
        return True


def pack(path: Path, parts: Parts) -> Path:
    with path.open("wb") as out:
        write(out, parts.items())
    return path


def signed_again(parts: Parts) -> Parts:
    """A forger who has read the code: lists, digests and signature fit again, by a key of their own."""
    key = Ed25519PrivateKey.generate()
    told = json.loads(parts["manifest.json"])
    from hashlib import sha256

    for each in told["files"]:
        each["sha256"], each["size"] = sha256(parts[each["path"]]).hexdigest(), len(parts[each["path"]])
    told["public_key"] = key.public_key().public_bytes_raw().hex()
    manifest = canonical(told).encode()
    return {**parts, "manifest.json": manifest, "manifest.sig": key.sign(manifest).hex().encode()}


def test_it_holds_as_it_was_made(bundle: Path) -> None:
    verdict = verify(bundle, public_key())
    assert [point.text for point in verdict.points if not point.holds] == []
    assert len(verdict.points) == 4
    assert verify(bundle, fingerprint(public_key()).upper()).holds
    assert not verify(bundle, "0" * 64).holds


def test_another_machine_needs_no_installation(bundle: Path, tmp_path: Path) -> None:
    home = tmp_path / "nothing here"
    script = Path(sysconfig.get_path("scripts")) / "gongkai"
    environment = {**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": "none", "DJANGO_SETTINGS_MODULE": "none"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([script, "verify", *arguments], capture_output=True, encoding="utf-8", env=environment)

    good = run(str(bundle), "--key", public_key())
    assert (good.returncode, good.stderr) == (0, "")
    assert "结论：完好" in good.stdout
    bundle.write_bytes(bundle.read_bytes() + b"\0")
    assert run(str(bundle)).returncode in (1, 2)
    (tmp_path / "x.zip").write_bytes(b"no zip")
    bad = run(str(tmp_path / "x.zip"))
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "不是证据包" in bad.stderr
    assert run(str(bundle), "--agency", "x").returncode == 2
    assert run("--key", "x").returncode == 2
    assert not home.exists()


def test_verifying_loads_neither_django_nor_wagtail() -> None:
    code = (
        "import sys, gongkai.project.commands.verify, gongkai.evidence.verifying\n"
        "sys.exit(any(name.split('.')[0] in ('django', 'wagtail') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.fixture
def content(bundle: Path) -> bytes:
    return bundle.read_bytes()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), what=st.integers(1, 255))
@example(where=0.0, what=1)
@example(where=0.9999999, what=1)
def test_a_byte_that_changed_is_found_wherever_it_is(content: bytes, tmp_path: Path, where: float, what: int) -> None:
    changed = bytearray(content)
    changed[int(where * len(content))] ^= what
    path = tmp_path / "changed.zip"
    path.write_bytes(bytes(changed))
    assert found_out(path)


def test_every_byte_of_the_headers_matters(content: bytes, tmp_path: Path) -> None:
    """Names, dates, flags, rights and lengths are outside what the manifest lists."""
    path = tmp_path / "changed.zip"
    start = content.index(b"PK\x01\x02")
    places = [*range(60), *range(start, start + 120), *range(len(content) - 22, len(content))]
    for at in places:
        changed = bytearray(content)
        changed[at] ^= 1
        path.write_bytes(bytes(changed))
        assert found_out(path), at


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.floats(0, 1, exclude_max=True), more=st.binary(max_size=40), front=st.booleans())
def test_what_is_cut_off_or_put_on_is_found(
    content: bytes, tmp_path: Path, cut: float, more: bytes, front: bool
) -> None:
    kept = content[: int(cut * len(content))]
    path = tmp_path / "changed.zip"
    for changed in {kept, more + content if front else content + more} - {content}:
        path.write_bytes(changed)
        assert found_out(path)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 10_000))
def test_another_order_is_found(bundle: Path, tmp_path: Path, seed: int) -> None:
    parts = list(read(bundle).items())
    shuffled = parts[:]
    random.Random(seed).shuffle(shuffled)
    path = pack(tmp_path / "changed.zip", dict(shuffled))
    assert found_out(path) == (shuffled != parts)


def _drop(parts: Parts) -> Parts:
    return {name: data for name, data in parts.items() if not name.endswith("期限计算.pdf")}


def _add(parts: Parts) -> Parts:
    return {"00.txt": b"x", **parts}


def _replace(parts: Parts) -> Parts:
    return {name: (b"%PDF other" if name.endswith("期限计算.pdf") else data) for name, data in parts.items()}


def _relist(parts: Parts) -> Parts:
    told = json.loads(parts["manifest.json"])
    told["number"] = "2020-00001"
    return {**parts, "manifest.json": canonical(told).encode()}


def _respell(parts: Parts) -> Parts:
    return {**parts, "manifest.json": json.dumps(json.loads(parts["manifest.json"])).encode()}


def _unsign(parts: Parts) -> Parts:
    return {**parts, "manifest.sig": b"00" * 64}


@pytest.mark.parametrize("change", [_drop, _add, _replace, _relist, _respell, _unsign])
def test_files_that_are_missing_added_or_replaced_are_found(
    bundle: Path, tmp_path: Path, change: Callable[[Parts], Parts]
) -> None:
    assert found_out(pack(tmp_path / "changed.zip", change(read(bundle))))


def _entry(change: Callable[[list[dict[str, object]]], object]) -> Callable[[Parts], Parts]:
    def act(parts: Parts) -> Parts:
        name = "03-台账/本案记录.jsonl"
        entries = [json.loads(line) for line in parts[name].decode().splitlines()]
        change(entries)
        return {**parts, name: "".join(canonical(each) + "\n" for each in entries).encode()}

    return act


def _redigest(entries: list[dict[str, object]]) -> None:
    from gongkai.evidence.verifying import _digest_of

    entries[2]["occurred_on"] = "2025-03-01"
    entries[2]["digest"] = _digest_of(entries[2])


def _chain(change: Callable[[list[str]], object]) -> Callable[[Parts], Parts]:
    def act(parts: Parts) -> Parts:
        name = "03-台账/机关摘要链.txt"
        lines = parts[name].decode().splitlines()
        change(lines)
        return {**parts, name: "".join(f"{line}\n" for line in lines).encode()}

    return act


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_entry(lambda e: e[1].update(payload="{}")), "内容与摘要不符"),
        (_entry(lambda e: e[1].update(actor=None)), "内容与摘要不符"),
        (_entry(lambda e: e[1].update(recorded_at="2025-01-01T00:00:00.000000Z")), "内容与摘要不符"),
        (_entry(_redigest), "不在摘要链上"),
        (_entry(lambda e: e[1].update(stream_id=10**9)), "不是本案的记录"),
        (_entry(lambda e: e.reverse()), "序号不对"),
        (_entry(lambda e: e.append(e[0])), "序号不对"),
        (_entry(lambda e: e[1].update(position=True)), "值不对"),
        (_entry(lambda e: e[1].update(more=1)), "项不对"),
        (_entry(lambda e: e.clear()), "没有本案的记录"),
        (_chain(lambda c: c.pop()), "链头不符"),
        (_chain(lambda c: c.pop(0)), "第 1 行不对"),
        (_chain(lambda c: c.append("x")), "不对"),
        (_chain(lambda c: c.__setitem__(0, "1 " + "0" * 64)), "不在摘要链上"),
    ],
)
def test_a_forger_who_signs_again_still_breaks_the_chain(
    bundle: Path, tmp_path: Path, change: Callable[[Parts], Parts], words: str
) -> None:
    path = pack(tmp_path / "changed.zip", signed_again(change(read(bundle))))
    told = " ".join(point.text for point in verify(path).points if not point.holds)
    assert words in told
    assert "密钥不是所给的" in " ".join(point.text for point in verify(path, public_key()).points)


def test_two_bundles_of_one_ledger_are_held_against_each_other(world: World, tmp_path: Path) -> None:
    from gongkai.applications import services

    bundle = tmp_path / "earlier.zip"
    bundle.write_bytes(make(world.application, now=NOW).content)
    services.archive(world.application, NOW.date(), actor=world.people["clerk"])
    later = tmp_path / "later.zip"
    later.write_bytes(make(world.application, now=NOW).content)
    one, two = verify(bundle), verify(later)
    assert [point.holds for point in consistent([("a", one), ("b", two)])] == [True]
    two.chain[3] = "0" * 64
    points = consistent([("a", one), ("b", two)])
    assert [point.holds for point in points] == [False]
    assert "第 4 条" in points[0].text


# --- Hostile archives ---------------------------------------------------------------------------------


def _zip(path: Path, *names: str, compression: int = zipfile.ZIP_STORED, data: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name in names:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("names", "compression", "words"),
    [
        (("../../etc/passwd", "manifest.json", "manifest.sig"), zipfile.ZIP_STORED, "不安全的文件名"),
        (("/etc/passwd",), zipfile.ZIP_STORED, "不安全的文件名"),
        (("a/../b",), zipfile.ZIP_STORED, "不安全的文件名"),
        (("C:/x",), zipfile.ZIP_STORED, "不安全的文件名"),
        (("manifest.json", "manifest.sig"), zipfile.ZIP_DEFLATED, "压缩"),
        (("manifest.json",), zipfile.ZIP_STORED, "没有 manifest.sig"),
        (("manifest.json", "manifest.sig"), zipfile.ZIP_STORED, "清单 manifest.json 不能读取"),
        ((), zipfile.ZIP_STORED, "没有 manifest.json"),
    ],
)
def test_hostile_archives_are_refused(tmp_path: Path, names: tuple[str, ...], compression: int, words: str) -> None:
    path = _zip(tmp_path / "h.zip", *names, compression=compression)
    with pytest.raises(NotABundleError, match=words):
        verify(path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["h.zip"]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = _zip(tmp_path / "b.zip", "manifest.json", compression=zipfile.ZIP_DEFLATED, data=b"0" * 50_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(NotABundleError, match="压缩"):
        verify(path)


def test_files_that_lie_over_each_other_are_refused(tmp_path: Path) -> None:
    """A stored bomb: many names in the directory for the same bytes."""
    path = _zip(tmp_path / "o.zip", "a", data=b"0" * 100_000)
    with zipfile.ZipFile(path, "a") as archive:
        first = archive.infolist()[0]
        for number in range(50):
            again = zipfile.ZipInfo(f"a{number}")
            again.header_offset, again.file_size, again.compress_size = 0, first.file_size, first.compress_size
            again.CRC = first.CRC
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
        archive._didModify = True  # type: ignore[attr-defined]
    with pytest.raises(NotABundleError, match="重叠"):
        verify(path)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        path = _zip(tmp_path / "d.zip", "manifest.json", "manifest.json", "manifest.sig")
    with pytest.raises(NotABundleError, match="重名"):
        verify(path)


def test_a_list_that_nests_without_end_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    write(out, [("manifest.json", b"[" * 100_000), ("manifest.sig", b"0")])
    path = tmp_path / "n.zip"
    path.write_bytes(out.getvalue())
    with pytest.raises(NotABundleError):
        verify(path)


def test_another_format_says_to_update(bundle: Path, tmp_path: Path) -> None:
    parts = read(bundle)
    told = json.loads(parts["manifest.json"]) | {"format": "gongkai-evidence/2"}
    path = pack(tmp_path / "f.zip", {**parts, "manifest.json": canonical(told).encode()})
    with pytest.raises(NotABundleError, match="请更新程序"):
        verify(path)


@given(name=st.text(max_size=30))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    if is_safe(name):
        assert ".." not in name.split("/")
        assert not name.startswith("/")
        assert "\\" not in name
        assert ":" not in name


def test_a_manifest_is_written_in_one_way(bundle: Path) -> None:
    data = read(bundle)["manifest.json"]
    assert Manifest.model_validate_json(data).encoded() == data
