"""Reads a published annual report: docx, pdf, html, xlsx, txt, md or json, in any layout seen so far.

Each format only turns its file into lines and grids (`source`); one recogniser finds the form in
them. Files may come from anywhere, so what is too large, broken or hostile ends in `ReadError`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from ..report import Report
from .errors import ReadError
from .formats import format_of
from .limits import MAX_BYTES

__all__ = ["ReadError", "read", "read_bytes"]


def read(path: Path | str) -> Report:
    """The report in a file; raises `ReadError` with a Chinese message that says what to do."""
    path = Path(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ReadError(f"“{path.name}”是文件夹，请选择其中的文件。")
        if size > MAX_BYTES:
            raise ReadError(f"文件有 {size / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB 的上限，不像一份年度报告。")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"找不到文件“{path}”，请检查路径。") from error
    except OSError as error:
        raise ReadError(f"不能打开文件“{path.name}”：{error.strerror or error}。") from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str = "") -> Report:
    """The report in a file's bytes; ``name`` only helps to tell formats apart."""
    if len(data) > MAX_BYTES:
        raise ReadError(f"文件有 {len(data) / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB 的上限，不像一份年度报告。")
    if not data.strip():
        raise ReadError("文件是空的。")
    source = import_module(f".{format_of(data, name)}", __name__).read(data, name)
    if isinstance(source, Report):
        return source
    from .recognise import recognise

    return recognise(source)
