"""URIs and paths, by their text alone: no file is looked at and no link followed.

A folder that is reached through a link is therefore another folder, as it is for
VS Code: a config and a base that the user opened under two names are two documents.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import re
from urllib.parse import quote, unquote

WINDOWS = os.name == "nt"
_URI = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?([^?#]*)")
_DRIVE = re.compile(r"[A-Za-z]:")


def path_of(uri: str, windows: bool = WINDOWS) -> str | None:
    """The absolute, normalised path of a `file:` URI; None for what is no file here.

    A drive letter is upper-case. Files of another host have a path on Windows only.
    """
    match = _URI.match(uri)
    if match is None or match[1].lower() != "file":
        return None
    host, path = (unquote(part or "", errors="surrogateescape") for part in match.group(2, 3))
    if "\0" in host + path:
        return None
    if host.lower() == "localhost":
        host = ""
    return _windows_path(host, path) if windows else _posix_path(host, path)


def _posix_path(host: str, path: str) -> str | None:
    if host or not path.startswith("/"):
        return None
    return posixpath.normpath("/" + path.lstrip("/"))


def _windows_path(host: str, path: str) -> str | None:
    path = path.replace("/", "\\")
    if _DRIVE.fullmatch(host):  # file://C:/x, from clients that forget a slash
        host, path = "", f"\\{host}{path}"
    if host:
        return ntpath.normpath(rf"\\{host}{path}")
    if re.match(r"\\[A-Za-z]:(?:\\|\Z)", path):
        return ntpath.normpath(f"{path[1].upper()}:\\{path[3:]}")
    return ntpath.normpath(path) if re.match(r"\\\\[^\\]", path) else None


def uri_of(path: str, windows: bool = WINDOWS) -> str:
    """The URI of an absolute path as VS Code spells it: `file:///c%3A/configs/a.py`."""
    if windows:
        path = path.replace("\\", "/")
        if path.startswith("//"):
            host, slash, rest = path[2:].partition("/")
            return f"file://{_quoted(host.lower())}{slash}{_quoted(rest)}"
        if _DRIVE.match(path):
            path = f"/{path[0].lower()}{path[1:]}"
    return f"file://{_quoted(path)}"


def _quoted(path: str) -> str:
    try:
        return quote(path, safe="/", errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, safe="/", errors="surrogatepass")


def path_in(folder: str, uri: str, windows: bool = WINDOWS) -> str:
    """The path of a document: its file's, or for a buffer without one a name in `folder`.

    The name is the whole URI, so that each buffer has its own.
    """
    path = path_of(uri, windows)
    if path is not None:
        return path
    join = ntpath.join if windows else posixpath.join
    return join(folder, quote(uri, safe="", errors="surrogatepass"))


def key(path: str, windows: bool = WINDOWS) -> str:
    """What is the same for all spellings of a path: on Windows, case makes no difference."""
    return ntpath.normcase(path) if windows else path
