"""A client that does anything in any order; the server keeps up with it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lsp.client import Buffer, Client, Failed, Json
from tests.lsp.conftest import ENCODINGS, Kind, Project, read
from tests.lsp.families import CONFIG, FAMILY, Engine
from tests.lsp.inside import Inside
from tests.lsp.test_clients import expected, told
from tests.lsp.texts import PIECES

FILES = {"a": CONFIG.replace("\n", "\r\n"), **FAMILY}
#: What is typed besides odd characters: fields, and halves of brackets and strings.
TYPED = [
    *PIECES,
    "(",
    ")",
    "'",
    '"""',
    "#",
    "# mmupgrade: ignore[MMR101, MMR103]",
    "\n_base_ = 'b.py'\n",
    "\n_base_ = ['a.py', 'c.py']\n",
    "\nresume_from = None\n",
    "\ntotal_iters = 9\n",
    "\ncheckpoint_config = dict(interval=3)\n",
    "\ndefault_hooks = dict(logger=dict(interval=3))\n",
    "\ntrain_cfg = None\n",
]
METHODS = (
    "hover",
    "definition",
    "completion",
    "codeLens",
    "documentLink",
    "documentSymbol",
    "codeAction",
    "diagnostic",
)
#: A cancelled request, and an action for a text that is gone.
ALLOWED = {-32800, -32801}


class Typist:
    """A client whose next step is drawn."""

    def __init__(self, client: Client, project: Project, data: st.DataObject) -> None:
        self._client = client
        self._project = project
        self._data = data
        self._begun: list[int] = []
        self._before: dict[str, list[str]] = {}
        self._actions: list[Json] = []
        self._steps = [
            self.open,
            self.edit,
            self.edit,
            self.edit,
            self.undo,
            self.close,
            self.save,
            self.ask,
            self.ask,
            self.cancel,
            self.resolve,
            self.everything,
        ]

    def step(self) -> None:
        """Do something."""
        self._data.draw(st.sampled_from(self._steps))()

    def open(self) -> None:
        name = self._data.draw(st.sampled_from(sorted(FILES)))
        uri = self._project.of(name)
        text = self._data.draw(st.sampled_from([FILES[name], FILES[name][:40], "", FILES["b"]]))
        self._client.open(uri, text, self._data.draw(st.sampled_from([1, 7, None])))
        self._before[uri] = []

    def _buffer(self) -> tuple[str, Buffer] | None:
        uris = sorted(self._client.buffers)
        uri = self._data.draw(st.sampled_from(uris)) if uris else None
        return (uri, self._client.buffers[uri]) if uri is not None else None

    def edit(self) -> None:
        held = self._buffer()
        if held is None:
            return
        uri, buffer = held
        self._before[uri].append(buffer.text)
        changes = []
        work = Buffer(buffer.text, None, self._client.encoding)
        for _ in range(self._data.draw(st.integers(1, 3))):
            changes.append(self._change(work))
        self._client.change(uri, work.text, changes)

    def _change(self, work: Buffer) -> Json:
        """One change, which is made in `work` too."""
        new = self._data.draw(st.sampled_from(TYPED))
        start = self._place(work.text, self._data.draw(st.integers(0, len(work.text))))
        length = self._data.draw(st.sampled_from([0, 0, 1, 2, 30, 10**6]))
        end = self._place(work.text, min(start + length, len(work.text)))
        range = work.range(start, end)
        if end == len(work.text) and self._data.draw(st.booleans()):
            range["end"] = self._data.draw(st.sampled_from([_past(range), _below(range)]))
        work.text = work.text[:start] + new + work.text[end:]
        return {"range": range, "text": new}

    def _place(self, text: str, offset: int) -> int:
        """An offset that has a position: not one between CR and LF."""
        return offset - (text[max(offset - 1, 0) : offset + 1] == "\r\n")

    def undo(self) -> None:
        held = self._buffer()
        if held is not None and self._before[held[0]]:
            self._client.become(held[0], self._before[held[0]].pop())

    def close(self) -> None:
        held = self._buffer()
        if held is not None:
            self._client.close(held[0])

    def save(self) -> None:
        held = self._buffer()
        if held is not None:
            self._client.saved(held[0])

    def ask(self) -> None:
        held = self._buffer()
        if held is None:
            return
        uri, buffer = held
        start, end = sorted(
            self._place(buffer.text, self._data.draw(st.integers(0, len(buffer.text))))
            for _ in range(2)
        )
        params: dict[str, Any] = {
            "textDocument": {"uri": uri},
            "position": buffer.position(start),
        }
        method = self._data.draw(st.sampled_from(METHODS))
        if method == "codeAction":
            self._actions = self._client.actions(uri, buffer.range(start, end))
        elif method != "diagnostic" or self._client.pulls:
            self._begun.append(self._client.begin(f"textDocument/{method}", **params))

    def cancel(self) -> None:
        if self._begun:
            self._client.notify("$/cancelRequest", id=self._data.draw(st.sampled_from(self._begun)))

    def resolve(self) -> None:
        actions = [action for action in self._actions if "data" in action]
        if actions:
            action = self._data.draw(st.sampled_from(actions))
            self._begun.append(self._client.begin("codeAction/resolve", **action))

    def everything(self) -> None:
        if self._client.pulls:
            self._begun.append(self._client.begin("workspace/diagnostic", previousResultIds=[]))

    def finish(self) -> None:
        """Take all answers."""
        for id in self._begun:
            try:
                self._client.answer(id)
            except Failed as error:
                if error.code not in ALLOWED:
                    raise


def _past(range: Json) -> Json:
    end = range["end"]
    return {"line": end["line"], "character": end["character"] + 1000}


def _below(range: Json) -> Json:
    return {"line": range["end"]["line"] + 10, "character": 3}


@contextmanager
def errors() -> Iterator[list[str]]:
    """What is logged as an error."""
    found: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        yield found
    finally:
        logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module")
def unchanging(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("fuzz"))
    made.write(**FILES)
    return made


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_a_client_does(encoding: str, data: st.DataObject, unchanging: Project) -> None:
    pulls = data.draw(st.booleans())
    inside = Inside()
    client = Client(inside, Kind("vscode", encoding, pulls).capabilities())
    client.disk = read
    try:
        with errors() as logged:
            _type(client, inside, unchanging, data)
    finally:
        inside.end()
    assert logged == []
    assert inside.failures == []


def _type(client: Client, inside: Inside, project: Project, data: st.DataObject) -> None:
    client.initialize([project.uri])
    ready = ("workspace/codeLens/refresh", None)
    client.wait_for(lambda: ready in client.requested, "families")
    typist = Typist(client, project, data)
    for _ in range(data.draw(st.integers(5, 30))):
        typist.step()
        _same_texts(client, inside)
    typist.finish()
    client.settle()
    _same_diagnostics(client, project.folder)


def _same_texts(client: Client, inside: Inside) -> None:
    session = inside.server.session
    assert session is not None
    held = {each.uri: (each.version, each.text.value) for each in session.documents}
    assert held == {uri: (each.version, each.text) for uri, each in client.buffers.items()}


def _same_diagnostics(client: Client, folder: Path) -> None:
    """What is shown now is what a check from nothing finds."""
    now = {Path(uri).stem: buffer.text for uri, buffer in client.buffers.items()}
    engine = Engine(folder, {**FILES, **now})
    for uri, buffer in client.buffers.items():
        assert told(buffer, client.diagnostics(uri)) == expected(engine, Path(uri).stem)
    closed = [sent for uri, sent in client.published.items() if uri not in client.buffers]
    assert not any(sent["diagnostics"] for sent in closed)
