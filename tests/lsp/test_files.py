"""Files that change, come and go on disk."""

from __future__ import annotations

import pytest

from tests.lsp.client import Client
from tests.lsp.conftest import Connect, Kind, Project
from tests.lsp.families import BASE, CONFIG, FAMILY, HEIR

PUSH, PULL = Kind("vscode", pulls=False), Kind("vscode", pulls=True)
WAYS = [PUSH, PULL]


def related(client: Client, uri: str) -> bool:
    [found] = [one for one in client.diagnostics(uri) if one["code"] == "MMR101"]
    return "relatedInformation" in found


@pytest.mark.parametrize("kind", WAYS, ids=str)
def test_a_base_that_changes(kind: Kind, connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect(kind)
    uri, base = project.of("c"), project.of("b")
    client.open(uri, HEIR)
    assert related(client, uri)
    project.write(b="")
    client.watched((base, 2))
    assert not related(client, uri)
    project.path("b").unlink()
    client.watched((base, 3))
    assert "MMR902" in {one["code"] for one in client.diagnostics(uri)}
    project.write(b=BASE)
    client.watched((base, 1))
    assert related(client, uri)


def test_without_a_watcher_a_save_tells(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect("bare")
    uri = project.of("c")
    client.open(uri, HEIR)
    assert "MMR902" not in {one["code"] for one in client.diagnostics(uri)}
    project.path("b").unlink()
    client.saved(uri)
    assert "MMR902" in {one["code"] for one in client.diagnostics(uri)}
    (project.folder / "mmupgrade.toml").write_text('ignore = ["MMR902"]')
    client.saved(uri)
    assert "MMR902" not in {one["code"] for one in client.diagnostics(uri)}


def test_a_save_that_changes_nothing_says_nothing(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect(PULL)
    client.open(project.of("c"), HEIR)
    client.open(project.of("b"), BASE)
    client.diagnostics(project.of("c"))
    wait = [method for method, _ in client.requested].count
    before = wait("workspace/diagnostic/refresh")
    client.saved(project.of("c"))
    client.settle()
    assert wait("workspace/diagnostic/refresh") == before


def test_a_buffer_hides_the_disk(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    client = connect(PUSH)
    uri, base = project.of("c"), project.of("b")
    client.open(uri, HEIR)
    client.open(base, BASE)
    project.write(b="")
    client.watched((base, 2))
    assert related(client, uri)
    client.close(base)
    assert not related(client, uri)


@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
def test_renaming(folder: bool, connect: Connect, project: Project) -> None:
    project.write(old_a=CONFIG, old_b=BASE, c=HEIR.replace("b.py", "old/b.py"))
    client = connect(PUSH, options={"diagnosticMode": "workspace"})
    client.wait_for(lambda: len(client.published) == 3, "diagnostics of three files")
    if folder:
        (project.folder / "old").rename(project.folder / "new")
        names = [(f"{project.uri}/old", f"{project.uri}/new")]
    else:
        (project.folder / "new").mkdir()
        for name in "ab":
            project.path(f"old_{name}").rename(project.path(f"new_{name}"))
        names = [(project.of(f"old_{name}"), project.of(f"new_{name}")) for name in "ab"]
    files = [{"oldUri": old, "newUri": new} for old, new in names]
    client.notify("workspace/didRenameFiles", files=files)
    client.settle()
    shown = {uri: bool(sent["diagnostics"]) for uri, sent in client.published.items()}
    assert shown == {
        project.of("old_a"): False,
        project.of("old_b"): False,
        project.of("new_a"): True,
        project.of("new_b"): True,
        project.of("c"): True,
    }
    assert "MMR902" in {one["code"] for one in client.published[project.of("c")]["diagnostics"]}


@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
def test_deleting(folder: bool, connect: Connect, project: Project) -> None:
    project.write(old_a=CONFIG)
    client = connect(PUSH, options={"diagnosticMode": "workspace"})
    client.wait_for(lambda: project.of("old_a") in client.published, "diagnostics")
    project.path("old_a").unlink()
    uri = f"{project.uri}/old" if folder else project.of("old_a")
    client.notify("workspace/didDeleteFiles", files=[{"uri": uri}])
    client.settle()
    assert client.published[project.of("old_a")]["diagnostics"] == []


def test_only_what_a_client_can_watch_is_watched(connect: Connect, project: Project) -> None:
    for kind, expected in (("vscode", {"watch", "configuration"}), ("bare", set())):
        client = connect(kind)
        client.settle()
        asked = [params for method, params in client.requested if method.endswith("Capability")]
        assert {each["id"] for said in asked for each in said["registrations"]} == expected


def test_links_to_nothing_and_folders_that_are_gone(connect: Connect, project: Project) -> None:
    project.write(**FAMILY)
    (project.folder / ".#b.py").symlink_to("user@host.1:2")
    client = connect(PUSH, folders=[project.uri, f"{project.uri}/gone"])
    client.open(project.of("b"), BASE)
    client.wait_for(lambda: _family(client, project) == {"b.py", "c.py"}, "family")


def _family(client: Client, project: Project) -> set[str]:
    """The files that a migration of the base would change."""
    made = client.command("mmupgrade.preview", project.of("b"), {"family": True})
    return {file["uri"].rpartition("/")[2] for file in made["files"]}
