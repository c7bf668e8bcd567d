"""Comparison of the served files with what was printed."""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from .findings import Finding, Kind, Severity
from .folder import address_of, file_of
from .manifest import Printed


def compare(tree: Path, printed: Mapping[str, Printed], paths: Collection[str] | None = None) -> list[Finding]:
    """What in `tree` differs from `printed`; only the addresses in `paths` when given.

    A link counts as changed, wherever it leads: the press writes files only. Raises OSError when a file cannot be read.
    """
    found = []
    for path, entry in printed.items():
        if paths is None or path in paths:
            file = file_of(tree, path)
            if file.is_symlink():
                found.append(Finding(Kind.CHANGED, path, Severity.HIGH, f"页面文件被换成链接，指向 {file.readlink()}"))
            elif not file.is_file():
                found.append(Finding(Kind.MISSING, path, Severity.HIGH, f"应有页面缺失，应为 {entry.digest}"))
            elif (actual := hashlib.sha256(file.read_bytes()).hexdigest()) != entry.digest:
                found.append(
                    Finding(Kind.CHANGED, path, Severity.HIGH, f"页面被改动，应为 {entry.digest}，实为 {actual}")
                )
    for file in sorted(tree.rglob("*")):
        if file.is_symlink() or file.is_file():
            path = address_of(tree, file)
            if path not in printed and (paths is None or path in paths):
                found.append(Finding(Kind.ADDED, path, Severity.HIGH, f"未经签发的文件：{file.name}"))
    return found
