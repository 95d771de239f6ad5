"""URIs as clients spell them, and the paths they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmupgrade.lsp.uris import key, path_in, path_of, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///configs/a.py", "/configs/a.py"),
        ("FILE:///configs/a.py", "/configs/a.py"),
        ("file:/configs/a.py", "/configs/a.py"),
        ("file://localhost/configs/a.py", "/configs/a.py"),
        ("file:////configs//a.py", "/configs/a.py"),
        ("file:///configs/./b/../a.py", "/configs/a.py"),
        ("file:///configs/", "/configs"),
        ("file:///", "/"),
        ("file:///a%20b/%C3%A9%E6%BC%A2.py", "/a b/é漢.py"),
        ("file:///a b/é漢.py", "/a b/é漢.py"),
        ("file:///a%23b%3Fc.py", "/a#b?c.py"),
        ("file:///a.py?x=1#L3", "/a.py"),
        ("file:///a;b=1.py", "/a;b=1.py"),
        ("file:///a%2Fb.py", "/a/b.py"),
        ("file:///100%.py", "/100%.py"),
        ("file:///%FF.py", "/\udcff.py"),
        ("file:///a%5Cb.py", "/a\\b.py"),
        ("file:///c%3A/a.py", "/c:/a.py"),
        ("file://server/share/a.py", None),
        ("file:a.py", None),
        ("file:///a%00.py", None),
        ("untitled:Untitled-1", None),
        ("untitled:/configs/a.py", None),
        ("vscode-notebook-cell:/configs/a.ipynb#W0sZmlsZQ%3D%3D", None),
        ("git:/configs/a.py?%7B%22ref%22%3A%22~%22%7D", None),
        ("/configs/a.py", None),
        ("", None),
    ],
)
def test_paths(uri: str, path: str | None) -> None:
    assert path_of(uri, windows=False) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c%3A/configs/a.py", "C:\\configs\\a.py"),
        ("file:///C:/configs/a.py", "C:\\configs\\a.py"),
        ("file:///c:/configs/a.py", "C:\\configs\\a.py"),
        ("file:///c%3a/configs%5Ca.py", "C:\\configs\\a.py"),
        ("file://c:/configs/a.py", "C:\\configs\\a.py"),
        ("file:/C:/configs/a.py", "C:\\configs\\a.py"),
        ("file://localhost/c:/configs/a.py", "C:\\configs\\a.py"),
        ("file:///c%3A/configs/b/../a.py", "C:\\configs\\a.py"),
        ("file:///c%3A/", "C:\\"),
        ("file:///c%3A", "C:\\"),
        ("file://server/share/a%20b.py", "\\\\server\\share\\a b.py"),
        ("file:////server/share/a.py", "\\\\server\\share\\a.py"),
        ("file://wsl%24/Ubuntu/a.py", "\\\\wsl$\\Ubuntu\\a.py"),
        ("file:///configs/a.py", None),
        ("c:\\configs\\a.py", None),
        ("untitled:Untitled-1", None),
    ],
)
def test_paths_on_windows(uri: str, path: str | None) -> None:
    assert path_of(uri, windows=True) == path


@pytest.mark.parametrize(
    ("path", "windows", "uri"),
    [
        ("/configs/a.py", False, "file:///configs/a.py"),
        (
            "/é b#?;@[x]!$&'()*+,=:~%.py",
            False,
            "file:///%C3%A9%20b%23%3F%3B%40%5Bx%5D%21%24%26%27%28%29%2A%2B%2C%3D%3A~%25.py",
        ),
        ("/a\\b.py", False, "file:///a%5Cb.py"),
        ("/\udcff.py", False, "file:///%FF.py"),
        ("C:\\configs\\a b.py", True, "file:///c%3A/configs/a%20b.py"),
        ("c:/configs/a.py", True, "file:///c%3A/configs/a.py"),
        ("\\\\Server\\share\\a.py", True, "file://server/share/a.py"),
        ("\\\\wsl$\\Ubuntu", True, "file://wsl%24/Ubuntu"),
    ],
)
def test_canonical_uris(path: str, windows: bool, uri: str) -> None:
    assert uri_of(path, windows) == uri


names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=8
)


@given(st.lists(names.filter(lambda name: name not in (".", "..")), max_size=4))
def test_paths_come_back(parts: list[str]) -> None:
    path = "/" + "/".join(parts)
    assert path_of(uri_of(path, windows=False), windows=False) == path


@given(st.lists(names.filter(lambda name: not set(name) & set("\\.")), max_size=4))
def test_paths_come_back_on_windows(parts: list[str]) -> None:
    for root in ("C:\\", "\\\\server\\share\\"):
        path = root + "\\".join(parts)
        assert path_of(uri_of(path, windows=True), windows=True) == path


@given(st.text())
def test_nothing_is_too_odd(uri: str) -> None:
    for windows in (False, True):
        for spelling in (uri, f"file:{uri}", f"file:///{uri}"):
            path = path_of(spelling, windows)
            folder = "C:\\" if windows else "/"
            assert uri_of(path or path_in(folder, spelling, windows), windows).startswith("file://")


def test_spellings_of_one_file_have_one_key() -> None:
    spellings = ["file:///c%3A/a/B.py", "file:///C:/a/B.py", "file:///c:/A/b.py"]
    assert len({key(path_in("C:\\", uri, True), True) for uri in spellings}) == 1
    spellings = ["file:///a/b.py", "file:///a/%62.py", "file:///a/c/../b.py"]
    assert len({key(path_in("/", uri, False), False) for uri in spellings}) == 1
    assert key("/a/B.py", windows=False) != key("/a/b.py", windows=False)


def test_buffers_have_a_path_of_their_own() -> None:
    assert path_in("/project", "file:///a.py", windows=False) == "/a.py"
    assert path_in("/project", "untitled:Untitled-1", windows=False) == (
        "/project/untitled%3AUntitled-1"
    )
    assert path_in("C:\\project", "untitled:a/b", windows=True) == "C:\\project\\untitled%3Aa%2Fb"
    assert path_in("/", "git:/a.py?1", windows=False) != path_in("/", "git:/a.py?2", windows=False)
