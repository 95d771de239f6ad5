"""Whatever the formatting of a config, ignore comments can be put in and taken out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mmupgrade.document import document
from mmupgrade.engine import check
from mmupgrade.fix import fix
from mmupgrade.ignore_edits import silenced
from mmupgrade.text import Text
from mmupgrade.workspace import Workspace
from tests.properties.configs import configs
from tests.properties.judge import loaded, statements
from tests.support import workspace

steady = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
COMMENT = re.compile(r" {0,2}# mmupgrade: ignore\[[^\]]*\]")


def _workspace(source: str, **options: Any) -> Workspace:
    return workspace({"config.py": source}, Path("/configs"), **options)


def _silenced(source: str, fields: set[str] | None = None) -> tuple[str, int]:
    """The text with comments for all findings, or for those of some fields."""
    found = check(_workspace(source))
    wanted = [(f.rule.id, f.start) for f in found if fields is None or f.field in fields]
    return silenced(document("/configs/config.py", source), wanted)


def _lines(source: str) -> list[str]:
    text = Text(source)
    return [source[slice(*text.line_span(line))] for line in range(len(text.starts))]


@steady
@given(configs())
def test_silenced_findings_are_not_found(source: str) -> None:
    text, count = _silenced(source)
    assert check(_workspace(text)) == []
    assert bool(count) == (text != source)
    assert _silenced(text) == (text, 0)


@steady
@given(configs())
def test_all_other_bytes_stay(source: str) -> None:
    text, _ = _silenced(source)
    old, new = _lines(source), _lines(text)
    assert len(old) == len(new)
    for before, after in zip(old, new):
        assert after.startswith(before)
        added = after[len(before) :]
        assert not added or COMMENT.fullmatch(added)
    assert re.sub(r"[^\r\n]", "", text) == re.sub(r"[^\r\n]", "", source)


@steady
@given(configs())
def test_what_is_silenced_stays_as_it_is(source: str) -> None:
    text, _ = _silenced(source)
    for rewrite in fix(_workspace(text), unsafe=True):
        assert rewrite.text == text
        assert rewrite.migrated == ()


@steady
@given(configs(), st.data())
def test_fields_that_are_ignored_stay_and_the_rest_loads(source: str, data: st.DataObject) -> None:
    fields = sorted({finding.field for finding in check(_workspace(source)) if finding.field})
    chosen = {field for field in fields if data.draw(st.booleans(), label=field)}
    text, _ = _silenced(source, chosen)
    [rewrite] = fix(_workspace(text), unsafe=True)
    assert rewrite.error == ""
    assert not chosen & set(rewrite.migrated)
    assert not chosen & {finding.field for finding in rewrite.left}
    old = [s.text for s in statements(text.removeprefix("\ufeff")) if s.name in chosen]
    new = [s.text for s in statements(rewrite.text.removeprefix("\ufeff")) if s.name in chosen]
    assert new == old
    loaded(rewrite.text)
    assert not [f for f in check(_workspace(rewrite.text)) if f.rule.id == "MMR906"]


@steady
@given(configs())
def test_unused_names_go_without_a_trace(source: str) -> None:
    text, _ = _silenced(source)
    more = text.replace("# mmupgrade: ignore[", "# mmupgrade: ignore[MMR601, ")
    rewrites = fix(_workspace(more, select=("MMR601", "MMR906")))
    assert [rewrite.text for rewrite in rewrites] in ([text], [])
