"""The language server from outside, over stdio, against a server that does nothing."""

from __future__ import annotations

import re
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.client import Client
from bench.tools import files

_EDITS = 40
_EMPTY = Path(__file__).with_name("empty_server.py")
_LARGE = 12_600
_GROWTH = 1.1
#: Where people type: behind a number, or at the end of a text.
_PLACE = re.compile(r"=\s*\d+|=\s*'[^'\n]*(?=')|#[^'\n]*")


@dataclass(frozen=True)
class Told:
    """One measured ratio and its limit."""

    what: str
    ours: float
    floor: float
    limit: float

    @property
    def held(self) -> bool:
        """Whether the limit is held."""
        return self.ours <= self.limit * self.floor

    def __str__(self) -> str:
        word = "held" if self.held else "BROKEN"
        ratio = self.ours / self.floor
        return (
            f"{word}: {self.what}: {self.ours * 1000:.2f} ms, {ratio:.2f} times an empty "
            f"server's {self.floor * 1000:.2f} (limit {self.limit})"
        )


def lines(corpus: Path, scratch: Path) -> tuple[list[str], bool]:
    """What is said of each measurement, and whether all limits are held."""
    (scratch / "mmupgrade.toml").touch()
    texts = [path.read_text() for path in files(corpus) if "mmedit" in path.parts]
    usual = min(texts, key=lambda text: abs(text.count("\n") - 155))
    told = [*_keystrokes(usual, texts, scratch), *_requests(usual, scratch), _start(scratch)]
    said = [str(each) for each in told]
    said += [_ruff(usual, scratch, rules) for rules in ((), ("F",))]
    grown = _memory(usual, scratch)
    said.append(
        f"{'held' if grown < 1.1 else 'BROKEN'}: memory after 1,000 edits: {grown:.2f} of it"
    )
    return said, all(each.held for each in told) and grown < 1.1


def _ours() -> list[str]:
    return [sys.executable, "-m", "mmupgrade", "server"]


def _empty(diagnostics: int) -> list[str]:
    return [sys.executable, str(_EMPTY), str(diagnostics)]


def _keystrokes(usual: str, texts: list[str], scratch: Path) -> Iterator[Told]:
    """From a typed character to its diagnostics, in three files."""
    rows = (f"value_{n} = [dict(a={n}, b='x')]\n" for n in range(_LARGE - usual.count("\n")))
    large = "".join(rows) + usual
    cases = (
        ("a keystroke in a config of 155 lines", usual, 2.0),
        ("a keystroke in 12,600 lines with few findings", large, 3.0),
        ("a keystroke in 84 configs in one file", "\n".join(texts), 1.5),
    )
    for what, text, limit in cases:
        ours, count = _typed(_ours(), text, scratch)
        floor, _ = _typed(_empty(count), text, scratch)
        yield Told(f"{what} ({count} findings)", ours, floor, limit)


def _typed(command: list[str], text: str, scratch: Path) -> tuple[float, int]:
    """The median seconds of a keystroke, and how many diagnostics there are."""
    client = Client(command, scratch)
    count = len(client.open(text)["diagnostics"])
    took = list(_keys(client, text))
    client.stop()
    return statistics.median(took), count


def _keys(client: Client, text: str) -> Iterator[float]:
    rows = [
        (number, match.end())
        for number, line in enumerate(text.split("\n"))
        if (match := _PLACE.search(line)) is not None
    ]
    step = max(len(rows) // _EDITS, 1)
    for line, column in rows[::step]:
        yield client.edit(line, column, "1")
        yield client.edit(line, column, "", 1)


def _requests(usual: str, scratch: Path) -> Iterator[Told]:
    """Hover and the list of code actions on a field, and the edit of one."""
    line = next(n for n, row in enumerate(usual.split("\n")) if row.startswith("checkpoint_config"))
    place = {"line": line, "character": 3}
    at = {
        "position": place,
        "range": {"start": place, "end": place},
        "context": {"diagnostics": []},
    }

    def median(command: list[str], measured: Callable[[Client], float]) -> float:
        client = Client(command, scratch)
        client.open(usual)
        took = [measured(client) for _ in range(40)]
        client.stop()
        return statistics.median(took)

    for method in ("textDocument/hover", "textDocument/codeAction"):

        def measured(client: Client, method: str = method) -> float:
            return client.timed(method, {"textDocument": {"uri": client.uri}, **at})

        yield Told(method, median(_ours(), measured), median(_empty(0), measured), 5.0)

    def resolved(client: Client) -> float:
        params = {"textDocument": {"uri": client.uri}, **at}
        return client.timed(
            "codeAction/resolve", client.request("textDocument/codeAction", params)[0]
        )

    yield Told("codeAction/resolve, in 30 ms", median(_ours(), resolved), 0.030, 1.0)


def _start(scratch: Path) -> Told:
    """From the start of the process to the answer to `initialize`."""
    took: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(14):
        client = Client(_ours() if turn % 2 else _empty(0), scratch)
        took[bool(turn % 2)].append(client.start_up)
        client.stop()
    return Told("start", statistics.median(took[True]), statistics.median(took[False]), 1.1)


def _ruff(usual: str, scratch: Path, rules: tuple[str, ...]) -> str:
    """`ruff server` on the same keystrokes, to compare."""
    command = shutil.which("ruff", path=str(Path(sys.executable).parent)) or "ruff"
    settings = scratch / "ruff.toml"
    settings.write_text(f"lint.select = {list(rules)}\n" if rules else "")
    took, count = _typed([command, "server"], usual, scratch)
    settings.unlink()
    chosen = f"select = {', '.join(rules)}" if rules else "its default rules"
    return f"to compare: `ruff server` with {chosen}: {took * 1000:.2f} ms ({count} findings)"


def _memory(usual: str, scratch: Path) -> float:
    """The memory after 1,000 edits, as a part of that after 200."""
    client = Client(_ours(), scratch)
    client.open(usual)
    rows = [n for n, row in enumerate(usual.split("\n")) if "=" in row]
    sizes = []
    for number in range(1_200):
        line = rows[number % len(rows)]
        client.edit(line, 0, "#")
        client.edit(line, 0, "", 1)
        if number in (199, 1_199):
            sizes.append(client.memory())
    client.stop()
    return sizes[1] / sizes[0]
