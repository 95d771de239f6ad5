"""Settings from a mapping, checked: every mistake is named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mmupgrade.selection import names
from mmupgrade.settings.options import EDITOR_OPTIONS, OPTIONS, Option
from mmupgrade.settings.settings import Settings, SettingsError

#: Where a client keeps how much of the protocol it logs.
_TRACE = "trace"


def load_options(
    mapping: Mapping[str, Any], root: str, source: str | None, *, editor: bool = False
) -> Settings:
    """The settings in `mapping`; `root` is the folder that its patterns and paths count from.

    Keys are those of the settings files, or with `editor` those of editors, where
    None stands for a key that isn't set. What only an editor can say is checked and
    left out. Raises SettingsError.
    """
    table = _editor_table() if editor else {option.name: option for option in OPTIONS}
    held = _set_by_editor(mapping) if editor else mapping
    problems = [problem for key, value in held.items() for problem in _problems(key, value, table)]
    if problems:
        raise SettingsError(source, problems)
    options = {key: table[key] for key in held if table[key] in OPTIONS}
    values = {option.attribute: _value(option, held[key], root) for key, option in options.items()}
    return Settings(root=root, source=source, **values)


def _editor_table() -> dict[str, Option]:
    return {option.editor_name: option for option in (*OPTIONS, *EDITOR_OPTIONS)}


def _set_by_editor(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if value is not None and key != _TRACE}


def _value(option: Option, value: Any, root: str) -> Any:
    if option.kind == "path":
        return os.path.normpath(os.path.join(root, value))
    return tuple(value) if option.kind in ("rules", "globs") else value


def _problems(key: str, value: Any, table: Mapping[str, Option]) -> Iterator[str]:
    option = table.get(key)
    if option is None:
        yield f"unknown key {_quoted(key)}{_nearest(key, table)}"
    elif option.kind in ("rules", "globs"):
        yield from _list_problems(option, key, value)
    elif option.kind == "switch":
        if not isinstance(value, bool):
            yield f"`{key}` is neither true nor false"
    elif not isinstance(value, str):
        yield f"`{key}` is no string"
    elif option.kind == "choice" and value not in option.choices:
        known = ", ".join(_quoted(choice) for choice in option.choices)
        yield f"`{key}` is {_quoted(value)}, not one of {known}{_nearest(value, option.choices)}"
    elif option.kind == "path" and not value:
        yield f"`{key}` is empty"


def _list_problems(option: Option, key: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        yield f"`{key}` is no list of strings"
    elif option.kind == "rules":
        known = names()
        for item in value:
            if item not in known:
                yield f"`{key}` has the unknown rule {_quoted(item)}{_nearest(item, known)}"
    elif not all(item.strip("/") for item in value):
        yield f"`{key}` has an empty pattern"


def _nearest(word: str, known: Iterable[str]) -> str:
    """What was perhaps meant, as the end of a message."""
    from difflib import get_close_matches

    written = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), written, n=1)
    return f"; did you mean {_quoted(written[close[0]])}?" if close else ""


def _quoted(word: str) -> str:
    """A word as messages show it, on one line whatever it holds."""
    return f"`{repr(word)[1:-1]}`"
