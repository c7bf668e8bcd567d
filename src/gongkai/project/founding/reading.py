"""Read a plan from YAML; whatever is wrong is told in Chinese with its key and its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from .plan import Plan

_LARGEST = 1_000_000  # bytes; a plan has a few hundred lines
_WORDS = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项，请核对写法",
    "string_type": "应当是文字",
    "string_too_long": "不能超过 {max_length} 字",
    "string_too_short": "不能空着",
    "string_pattern_mismatch": "只能用小写字母、数字和连字符，以字母开头",
    "bool_type": "应当是 true 或者 false",
    "bool_parsing": "应当是 true 或者 false",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "enum": "只能是 {expected} 之一",
    "date_type": "应当是日期，写作 2026-01-01",
    "date_from_datetime_parsing": "应当是日期，写作 2026-01-01",
    "date_parsing": "应当是日期，写作 2026-01-01",
    "tuple_type": "应当是一个列表，每项前加“- ”",
    "model_type": "应当是若干“键: 值”",
    "model_attributes_type": "应当是若干“键: 值”",
}


class PlanError(ValueError):
    """The plan cannot be carried out; each line of the message is one fault, with its place in the file."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(self.faults))


def read(path: Path) -> Plan:
    """The plan in a file. Raises :class:`PlanError` with everything that is wrong."""
    try:
        if path.stat().st_size > _LARGEST:
            raise PlanError([f"{path.name} 超过 1 MB，不像是初始化文件"])
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanError([f"{path.name} 不是 UTF-8 编码的文本文件，请另存为 UTF-8"]) from error
    except OSError as error:
        raise PlanError([f"打不开文件 {path.name}：{error.strerror}"]) from error
    return read_text(text)


def read_text(text: str) -> Plan:
    """The plan that a text tells. Raises :class:`PlanError`."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        faults = list(_structure(root))
        data = yaml.safe_load(text) if not faults else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PlanError(
            [f"第 {line} 行：不是正确的 YAML。请检查缩进（用空格，不用制表符）、冒号后的空格和引号"]
        ) from error
    except yaml.YAMLError as error:
        raise PlanError(["文件中有不能读取的字符，请另存为 UTF-8 文本"]) from error
    if faults:
        raise PlanError(faults)
    if not isinstance(data, dict):
        raise PlanError(["文件是空的，或者不是“键: 值”的样子；可用 gongkai init --example 看样例"])
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        raise PlanError(list(dict.fromkeys(_told(error, root)))) from error


def _structure(node: Any, depth: int = 0) -> Iterator[str]:
    """Keys that are written twice, of which YAML would quietly keep the last; and what nobody writes by hand."""
    if depth > 20:
        yield f"第 {node.start_mark.line + 1} 行：嵌套太深"
        return
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                yield f"第 {line} 行 {key.value}：与第 {seen[key.value]} 行重复"
            seen[str(key.value)] = line
            yield from _structure(value, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _structure(value, depth + 1)


def _told(error: ValidationError, root: Any) -> Iterator[str]:
    for fault in error.errors():
        # Of the two ways to write the columns, the one that was tried is told by its own faults.
        place = [part for part in fault["loc"] if not (isinstance(part, str) and part.startswith(("str", "tuple")))]
        line = line_of(root, place)
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
        yield f"第 {line} 行 {name}：{in_chinese(fault)}".replace(" ：", "：")


def in_chinese(fault: Any) -> str:
    """What a fault of pydantic means."""
    words = _WORDS.get(fault["type"])
    if words is not None:
        return words.format_map(fault.get("ctx") or {})
    return str(fault["msg"]).removeprefix("Value error, ")


def line_of(node: Any, place: Sequence[int | str]) -> int:
    """The line, from 1, on which the innermost known part of a place begins."""
    line: int = node.start_mark.line + 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line
