"""Ignore comments: what they cover, what an ignored field keeps in place, what is unused."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmupgrade import parallel
from mmupgrade.document import document
from mmupgrade.engine import check
from mmupgrade.findings import Finding
from mmupgrade.fix import fix
from mmupgrade.ignores import ignores
from mmupgrade.moves import Applicability
from mmupgrade.workspace import Workspace
from tests.support import fix_all, fixed, found, load, workspace

MMEDIT = "total_iters = 10\noptimizers = dict(generator=dict(type='Adam'))\n"
IGNORE = "# mmupgrade: ignore"
CHECKPOINT = "checkpoint_config = dict(interval=1)"
LOG = "log_config = dict(\n    interval=5,\n    hooks=[dict(type='TextLoggerHook')])"


def _fields(source: str) -> list[str]:
    return [finding.field or finding.rule.name for finding in found(source)]


def _unused(source: str) -> list[Finding]:
    return [finding for finding in found(source) if finding.rule.name == "unused-ignore"]


@pytest.mark.parametrize(
    "comment",
    [
        "# mmupgrade: ignore",
        "#mmupgrade:ignore",
        "# MMUPGRADE : Ignore",
        "# mmupgrade: ignore -- why",
        "# mmupgrade: ignore[MMR101]",
        "# mmupgrade: ignore[mmr101]",
        "# mmupgrade: ignore [ MMR101 ]",
        "# mmupgrade: ignore[MMR1]",
        "# mmupgrade: ignore[checkpoint_config] -- why, [so]",
        "# every epoch  # mmupgrade: ignore[MMR101] # noqa",
        "# mmupgrade: ignore[MMR101] # mmupgrade: ignore-file",
    ],
)
def test_a_comment_on_the_line_of_the_key_ignores(comment: str) -> None:
    source = f"{MMEDIT}{CHECKPOINT}  {comment}\n"
    assert "checkpoint_config" not in _fields(source)
    assert CHECKPOINT in fixed(source, unsafe=True)
    assert {"total_iters", "optimizers"} <= set(_fields(source))


@pytest.mark.parametrize(
    "comment",
    [
        "# mmupgrade: ignored",
        "# mmupgrade ignore",
        "# mmupgrade: ignore[MMR102]",
        "# mmupgrade: ignore[MMR101",
        "# mmupgrade: ignore[]",
        "# mmupgrade: ignore: MMR101",
        "# mmupgrade: ignore MMR102",
        "# mmupgrade: ignore-file",
        "# mmupgrade: ignore-files",
    ],
)
def test_a_comment_that_says_something_else_ignores_nothing(comment: str) -> None:
    assert "checkpoint_config" in _fields(f"{MMEDIT}{CHECKPOINT}  {comment}\n")


@pytest.mark.parametrize(
    "source",
    [
        "log_config = dict(  # mmupgrade: ignore\n    hooks=[])\n",
        "log_config = dict(\n    hooks=[])  # mmupgrade: ignore[log_config]\n",
        "log_config = \\\n    dict(hooks=[])  # mmupgrade: ignore[log_config]\n",
        "log_config = dict(hooks=[]); x = '''\n'''  # mmupgrade: ignore[log_config]\n",
        "# mmupgrade: ignore-file[log_config]\nlog_config = dict(hooks=[])\n",
        "log_config = dict(hooks=[])\n    # mmupgrade: ignore-file\n",
    ],
)
def test_the_first_and_last_line_of_the_statement_count(source: str) -> None:
    assert "log_config" not in _fields(f"{MMEDIT}{source}")
    assert "log_config" in _fields(f"{MMEDIT}log_config = dict(hooks=[])\n")


@pytest.mark.parametrize(
    "source",
    [
        "log_config = dict(\n    interval=5,  # mmupgrade: ignore\n    hooks=[])\n",
        "# mmupgrade: ignore\nlog_config = dict(hooks=[])\n",
        "log_config = dict(hooks=[])\n# mmupgrade: ignore\n",
    ],
)
def test_other_lines_do_not_count(source: str) -> None:
    assert _fields(f"{MMEDIT}{source}").count("log_config") == 1
    assert len(_unused(f"{MMEDIT}{source}")) == 1


def test_a_string_is_no_comment() -> None:
    inside = "text = '''\n# mmupgrade: ignore-file\n'''\n"
    source = f"{MMEDIT}{CHECKPOINT}; note = '# mmupgrade: ignore'\n{inside}"
    assert "checkpoint_config" in _fields(source)
    assert _unused(source) == []


def test_a_key_inside_the_model_is_ignored_on_its_line() -> None:
    model = "model = dict(\n    type='EDVR',\n    pretrained='a.pth',{}\n)\n"
    assert "model.pretrained" in _fields(MMEDIT + model.format(""))
    ignored = MMEDIT + model.format("  # mmupgrade: ignore[model.pretrained]")
    assert "model.pretrained" not in _fields(ignored)
    assert _unused(ignored) == []


def test_a_field_inside_other_code_is_ignored_where_its_statement_ends() -> None:
    source = f"{MMEDIT}if True:\n    log_config = dict(\n        interval=5)  # mmupgrade: ignore\n"
    assert "log_config" not in _fields(source)
    assert _unused(source) == []


def test_an_ignored_dead_assignment_keeps_the_field() -> None:
    source = f"{MMEDIT}{CHECKPOINT}  # mmupgrade: ignore\n{CHECKPOINT}\n"
    assert _fields(source).count("checkpoint_config") == 1
    assert source.endswith(f"{CHECKPOINT}\n")
    assert fixed(source, unsafe=True).count(CHECKPOINT) == 2


def test_what_consumes_an_ignored_field_stays_too() -> None:
    source = f"{MMEDIT}load_from = ''  # mmupgrade: ignore[load_from]\nresume_from = 'a.pth'\n"
    assert fixed(source, unsafe=True).endswith(source.removeprefix(MMEDIT))
    bare = source.replace("  # mmupgrade: ignore[load_from]", "")
    assert "load_from = 'a.pth'\nresume = True\n" in fixed(bare, unsafe=True)


def test_a_field_on_the_line_of_an_ignored_one_stays() -> None:
    line = "resume_from = None; log_config = dict(hooks=[])  # mmupgrade: ignore[resume_from]\n"
    source = MMEDIT + line
    assert fixed(source, unsafe=True).endswith(line)
    assert "log_config" in _fields(source)


def test_an_ignored_field_is_said_to_stay(tmp_path: Path) -> None:
    source = f"{MMEDIT}{CHECKPOINT}  # mmupgrade: ignore\nresume_from = None\n"
    (rewrite,) = fix(workspace({"c.py": source}, tmp_path))
    assert rewrite.ignored == ("checkpoint_config",)
    assert "resume_from" in rewrite.migrated
    assert "checkpoint_config" not in {finding.field for finding in rewrite.left}


@pytest.mark.parametrize("given", [("b.py", "c.py"), ("c.py",)], ids=["run", "alone"])
def test_a_field_ignored_in_a_base_is_not_migrated_by_its_child(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    files = {
        "b.py": f"{CHECKPOINT}  # mmupgrade: ignore[MMR101]\n{LOG}\n",
        "c.py": f"_base_ = 'b.py'\n{MMEDIT}checkpoint_config = dict(max_keep_ckpts=3)\n",
    }
    for name, source in files.items():
        (tmp_path / name).write_text(source)
    made = workspace({name: files[name] for name in given}, tmp_path)
    (finding,) = (f for f in check(made) if f.field == "checkpoint_config")
    assert finding.applicability is Applicability.MANUAL
    assert "a comment in `b.py` ignores `checkpoint_config`" in finding.message
    for rewrite in fix(made, unsafe=True):
        Path(rewrite.document.path).write_text(rewrite.text)
    merged = load(tmp_path / "c.py")
    assert merged["checkpoint_config"] == {"interval": 1, "max_keep_ckpts": 3}
    assert "checkpoint" not in merged.get("default_hooks", {})
    assert merged["train_cfg"] == {"type": "IterBasedTrainLoop", "max_iters": 10}


def test_a_field_ignored_in_a_child_stays_in_its_base(tmp_path: Path) -> None:
    files = {
        "b.py": f"{CHECKPOINT}\n{LOG}\n",
        "c.py": f"_base_ = 'b.py'\n{MMEDIT}checkpoint_config = dict(interval=3)  {IGNORE}\n",
    }
    after = fix_all(files, unsafe=True)
    assert CHECKPOINT in after["b.py"]
    assert "log_config" not in after["b.py"]
    for name, source in after.items():
        (tmp_path / name).write_text(source)
    merged = load(tmp_path / "c.py")
    assert merged["checkpoint_config"] == {"interval": 3}
    assert merged["default_hooks"]["logger"]["interval"] == 5


def test_two_processes_ignore_the_same() -> None:
    source = f"{MMEDIT}{CHECKPOINT}  # mmupgrade: ignore\nx = 1  # mmupgrade: ignore\n"
    made = workspace({"c.py": source}, Path("/nowhere"))
    rows = parallel.records(made)
    assert rows == [finding.record() for finding in check(made)]
    assert [row.rule for row in rows] == ["MMR201", "MMR302", "MMR906"]


def test_unused_names_are_found_each_in_its_place() -> None:
    names = "MMR102, MMR101, evaluatoin, checkpoint_config"
    source = f"{MMEDIT}{CHECKPOINT}  {IGNORE}[{names}]\n"
    shown = [(source[f.start : f.end], f.message) for f in _unused(source)]
    assert shown == [
        ("MMR102", "`MMR102` ignores nothing here."),
        ("evaluatoin", "No rule or field is called `evaluatoin`; did you mean `evaluation`?"),
        ("checkpoint_config", "`checkpoint_config` ignores nothing here."),
    ]
    assert [f.applicability for f in _unused(source)] == [
        Applicability.SAFE,
        Applicability.UNSAFE,
        Applicability.SAFE,
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\t # mmupgrade: ignore -- why \n", "x = 1\n"),
        ("x = 1\n  # mmupgrade: ignore\ny = 2\n", "x = 1\ny = 2\n"),
        ("x = 1\r\n# mmupgrade: ignore-file\r\n", "x = 1\r\n"),
        ("x = 1\n# mmupgrade: ignore", "x = 1\n"),
        ("\ufeff名 = '工'  # 注 # mmupgrade: ignore[MMR101]\n", "\ufeff名 = '工'  # 注\n"),
        ("x = 1  # mmupgrade: ignore # noqa \n", "x = 1  # noqa \n"),
        ("x = 1  # mmupgrade: ignore # mmupgrade: ignore[MMR1]\n", "x = 1\n"),
        ("x = 1  # mmupgrade: ignore[MMR101 log_config,] -- why\n", "x = 1\n"),
        (
            "x = 1  # mmupgrade: ignore[MMR101, evaluatoin]\n",
            "x = 1  # mmupgrade: ignore[evaluatoin]\n",
        ),
        ("x = 1  # mmupgrade: ignore[MMR101\n", "x = 1  # mmupgrade: ignore[MMR101\n"),
        ("x = 1  # mmupgrade: ignore[MMR906] # mmupgrade: ignore\n",) * 2,
        ("(x = 1  # mmupgrade: ignore\n",) * 2,
    ],
)
def test_fix_takes_out_exactly_what_is_unused(before: str, after: str) -> None:
    assert fixed(before) == after
    assert fixed(after) == after


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        ("MMR101, MMR102", "MMR101"),
        ("MMR102 , MMR101", "MMR101"),
        ("MMR102,MMR101,MMR103,MMR104", "MMR101"),
        ("MMR10, MMR101", "MMR10"),
    ],
)
def test_fix_takes_out_unused_names(names: str, kept: str) -> None:
    line = f"{CHECKPOINT}  # a # mmupgrade: ignore[{{}}] -- b\n"
    assert fixed(MMEDIT + line.format(names)).endswith(line.format(kept))


def test_only_selected_rules_are_judged() -> None:
    source = f"{MMEDIT}{CHECKPOINT}  # mmupgrade: ignore[MMR101, MMR102, MMR103]\n"

    def made(*rules: str) -> Workspace:
        return workspace({"c.py": source}, Path("/nowhere"), select=rules)

    both = check(made("MMR101", "MMR103", "MMR906"))
    assert [source[f.start : f.end] for f in both] == ["MMR103"]
    assert check(made("MMR101", "MMR103")) == []
    assert fix(made("MMR103"))[0].text == source


def test_a_comment_that_counts_only_in_its_family_is_not_unused() -> None:
    source = f"{CHECKPOINT}  # mmupgrade: ignore[MMR101]\n"
    assert found(source) == []
    assert fixed(source) == source


def test_each_name_has_its_place() -> None:
    held = document("c.py", "x = 1  # 注 # mmupgrade: ignore[ MMR101,log_config ] -- why\n")
    (ignore,) = ignores(held).each
    text = held.text.value
    assert [text[name.start : name.end] for name in ignore.names or ()] == ["MMR101", "log_config"]
    assert ignore.inside is not None
    assert text[slice(*ignore.inside)] == " MMR101,log_config "
    assert text[ignore.start : ignore.end] == "# mmupgrade: ignore[ MMR101,log_config ] -- why"
