"""A template from a Git repository: fetched, never checked out, and nothing of it run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.unit.engagements.conftest import BASE, Make

from dmaic.engagements import read_git as module
from dmaic.engagements.find import load_package
from dmaic.engagements.read_git import Address, address
from dmaic.errors import DataError


def git(folder: Path, *words: str) -> None:
    settings = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.com",
        "-c",
        "init.defaultBranch=main",
    ]
    subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(make: Make) -> Path:
    folder = make({"template.yaml": BASE, "reports/x.md.j2": "one", "hook.sh": "x"}, name="repo")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    git(folder, "tag", "v1.0.0")
    (folder / "reports/x.md.j2").write_text("two")
    git(folder, "commit", "-q", "-a", "-m", "two")
    return folder


def refused(word: str) -> DataError:
    with pytest.raises(DataError) as caught:
        load_package(word)
    return caught.value


def test_a_tag_is_taken_and_without_one_the_newest(repository: Path) -> None:
    old = load_package(f"file://{repository}@v1.0.0")
    assert old.files["reports/x.md.j2"] == b"one"
    assert old.foreign == ("hook.sh",)
    assert old.source == f"file://{repository}@v1.0.0"
    assert load_package(f"git+file://{repository}").files["reports/x.md.j2"] == b"two"


@pytest.mark.parametrize(
    ("word", "url", "tag"),
    [
        ("https://example.org/t.git@v1.2.0", "https://example.org/t.git", "v1.2.0"),
        ("https://me@example.org/t", "https://me@example.org/t", ""),
        ("git@example.org:team/t.git@v1", "git@example.org:team/t.git", "v1"),
        ("git@example.org:t.git", "git@example.org:t.git", ""),
        ("ssh://git@example.org/t.git@main", "ssh://git@example.org/t.git", "main"),
    ],
)
def test_an_address_is_parted_from_its_tag(word: str, url: str, tag: str) -> None:
    assert address(word) == Address(url, tag)


@pytest.mark.parametrize(
    "word",
    [
        "ext::sh -c touch% /tmp/pwned",
        "git+ext::sh -c id",
        "git+--upload-pack=touch /tmp/x",
        "http://example.org/t.git",
        "git://example.org/t.git",
        "git+fd::17/x",
        "https://-oProxyCommand=id/x",
        "git@-oProxyCommand=id:x/y",
        "https://example.org/t.git@--upload-pack=id",
        "https://example.org/t.git@v1..v2",
        "https://example.org/a b.git",
        "file:///repo\n@v1",
    ],
)
def test_other_transports_and_hidden_options_are_refused(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*args: object, **how: object) -> None:
        raise AssertionError("Git was run")

    monkeypatch.setattr(subprocess, "run", run)
    assert refused(word).code == "template.git"


def test_a_tag_that_is_not_there_and_a_repository_that_is_not(repository: Path) -> None:
    assert refused(f"file://{repository}@v9").code == "template.git"
    error = refused(f"file://{repository}-other")
    assert error.code == "template.git"
    assert error.hint


def test_no_hook_runs(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "ran"
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "post-merge", "reference-transaction", "pre-auto-gc"):
        for folder in (hooks, repository / ".git/hooks"):
            (folder / name).write_text(f"#!/bin/sh\ntouch {mark}\n")
            (folder / name).chmod(0o755)
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[core]\n\thooksPath = {hooks}\n[init]\n\ttemplateDir = {tmp_path}\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".gitconfig").write_text(settings.read_text())
    load_package(f"file://{repository}")
    assert not mark.exists()


def test_links_and_submodules_are_no_files(repository: Path) -> None:
    (repository / "style.toml").symlink_to("/etc/passwd")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "link")
    assert refused(f"file://{repository}").code == "template.path"
    (repository / "style.toml").unlink()
    git(repository, "rm", "-q", "--cached", "style.toml")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},style.toml")
    git(repository, "commit", "-q", "-m", "submodule")
    assert refused(f"file://{repository}").code == "template.path"


def test_a_large_file_is_refused_before_it_is_read(repository: Path) -> None:
    (repository / "style").mkdir()
    (repository / "style/logo.png").write_bytes(os.urandom(9 << 20))
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "large")
    assert refused(f"file://{repository}").code == "template.size"


def test_folders_that_hold_one_another_many_times_are_not_walked_through(
    repository: Path,
) -> None:
    def asked(*words: str, said: str = "") -> str:
        names = ("-c", "user.name=t", "-c", "user.email=t@example.com")
        done = subprocess.run(
            ["git", *names, *words], cwd=repository, input=said, text=True, check=True,
            capture_output=True,
        )  # fmt: skip
        return done.stdout.strip()

    def made(*lines: str) -> str:
        return asked("mktree", said="\n".join(lines))

    def hashed(name: str) -> str:
        return asked("rev-parse", f"HEAD:{name}")

    tree = made(f"100644 blob {hashed('hook.sh')}\tx")
    for _ in range(9):
        tree = made(*(f"040000 tree {tree}\t{number}" for number in range(10)))
    top = made(
        f"100644 blob {hashed('template.yaml')}\ttemplate.yaml",
        f"040000 tree {tree}\tdocuments",
        f"040000 tree {hashed('reports')}\treports",
        f"040000 tree {tree}\tother",
    )
    git(repository, "tag", "bomb", asked("commit-tree", top, "-m", "x"))
    found = load_package(f"file://{repository}@bomb")
    assert sorted(found.files) == ["reports/x.md.j2", "template.yaml"]


def test_a_server_that_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*args: object, **how: object) -> None:
        raise subprocess.TimeoutExpired("git", 60)

    monkeypatch.setattr(subprocess, "run", run)
    error = refused("https://example.org/t.git")
    assert error.code == "template.git"
    assert str(module.SECONDS) in error.message
