"""Projects and clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.lsp.client import Client, Json, capabilities
from tests.lsp.inside import Inside
from tests.lsp.process import Process


class Kind(NamedTuple):
    """What a client can do, how it counts, and whether it pulls diagnostics."""

    name: str
    encoding: str | None = None
    pulls: bool | None = None

    def __str__(self) -> str:
        how = {True: "pull", False: "push", None: "own"}[self.pulls]
        return f"{self.name}-{self.encoding or 'own'}-{how}"

    def capabilities(self) -> Json:
        """The capabilities that it sends."""
        return capabilities(self.name, self.encoding, pulls=self.pulls)


ENCODINGS = ("utf-8", "utf-16", "utf-32")
#: Clients as they are, and with each encoding both ways.
KINDS = [Kind(name) for name in ("vscode", "neovim", "emacs", "bare")] + [
    Kind(name, encoding, pulls)
    for name in ("vscode", "neovim", "emacs")
    for encoding in ENCODINGS
    for pulls in (True, False)
]


class Project:
    """A folder with configs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.uri = folder.as_uri()
        (folder / "mmupgrade.toml").touch()

    def write(self, **files: str) -> None:
        """Write files; `a_b` is the name of `a/b.py`."""
        for name, text in files.items():
            path = self.path(name)
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(text.encode())

    def path(self, name: str) -> Path:
        """The file of a name."""
        return self.folder / f"{name.replace('_', '/')}.py"

    def of(self, name: str) -> str:
        """The URI of a file."""
        return self.path(name).as_uri()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "project"
    folder.mkdir()
    return Project(folder)


def read(uri: str) -> str:
    """The text of a file on disk."""
    from mmupgrade.lsp.uris import path_of

    path = path_of(uri)
    assert path is not None
    return Path(path).read_bytes().decode()


Connect = Callable[..., Client]


@pytest.fixture
def connect(project: Project) -> Iterator[Connect]:
    """Begins sessions inside this process: `connect(Kind, folders=..., options=..., ...)`."""
    started: list[Inside] = []

    def begin(
        kind: Kind | str = "vscode",
        *,
        folders: list[str] | None = None,
        options: Any = None,
        settings: Any = None,
        changes: Callable[[Json], Any] = lambda said: None,
    ) -> Client:
        inside = Inside()
        started.append(inside)
        said = (kind if isinstance(kind, Kind) else Kind(kind)).capabilities()
        changes(said)
        client = Client(inside, said, settings=settings)
        client.disk = read
        client.initialize([project.uri] if folders is None else folders, options)
        return client

    yield begin
    for inside in started:
        inside.end()
        assert inside.failures == []


@pytest.fixture
def spawn(tmp_path: Path, project: Project) -> Iterator[Callable[..., tuple[Client, Process]]]:
    """Begins sessions with a process: `spawn(kind, arguments...)`."""
    started: list[Process] = []

    def begin(kind: Kind | str = "vscode", *arguments: str) -> tuple[Client, Process]:
        process = Process(tmp_path, *arguments)
        started.append(process)
        said = (kind if isinstance(kind, Kind) else Kind(kind)).capabilities()
        client = Client(process, said)
        client.disk = read
        client.initialize([project.uri])
        return client, process

    yield begin
    for process in started:
        process.kill()
        assert process.foreign == b""
