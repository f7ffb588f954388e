"""Reading and writing curated YAML: every scalar a string, and the line of every field at hand for messages.

PyYAML's base loader leaves all scalars as text, which is what keeps `no`, `12:30` and dates as they were written. Anchors and
aliases are refused: nothing here needs them, and they are how small files grow huge.
"""

from pathlib import Path
from typing import Any

import yaml

from scripts._problems import Problem, Unreadable

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Lines(dict[tuple[str | int, ...], int]):
    """Path of keys and positions -> line, counted from 1."""

    def at(self, path: tuple[str | int, ...]) -> int:
        """The line of that field or, if it is missing, of what it should stand in."""
        while path and path not in self:
            path = path[:-1]
        return self.get(path, 1)


def read_yaml(path: Path) -> tuple[Any, Lines]:
    """Data (dicts, lists and strings) and the lines of its parts.

    Raises Unreadable for a file that is not UTF-8, not YAML, or has a key twice.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error.strerror})") from None
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"{path}:{line}: not YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Unreadable(f"{path}: not YAML: {str(error).splitlines()[0]}") from None
    lines = Lines()
    try:
        return (_plain(node, (), lines, path) if node is not None else None), lines
    except RecursionError:
        raise Unreadable(f"{path}: nested too deeply") from None


def _plain(node: yaml.Node, at: tuple[str | int, ...], lines: Lines, path: Path) -> Any:
    if at in lines and at != ():
        raise Unreadable(f"{path}:{node.start_mark.line + 1}: the key {at[-1]!r} stands there twice")
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Unreadable(f"{path}:{key.start_mark.line + 1}: a key must be a word")
            result[key.value] = _plain(value, (*at, key.value), lines, path)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value, (*at, i), lines, path) for i, value in enumerate(node.value)]
    return node.value


class _Dumper(yaml.SafeDumper):
    """Block style, in the order given, a list's entries set in by two."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump_yaml(data: Any) -> str:
    """YAML text that `read_yaml` reads back as the same data; the same data gives the same text."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


__all__ = ["Lines", "Problem", "dump_yaml", "read_yaml"]
