"""The files of a template from a Git repository, without checking anything out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass

from dmaic.engagements.package import FOLDERS, LARGEST, MOST_ENTRIES, Collector, Package
from dmaic.errors import DataError
from dmaic.text import printable

SECONDS = 60
"""How long Git may take."""

_ALLOWED = "https:ssh:file"
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]{0,99}")
_CLONE = 4 * LARGEST
"""Bytes of one file that Git writes: the packed history of one commit."""

_SAID = LARGEST
"""Bytes of an answer of Git's that are read."""

_REFUSED_HINT = "Addresses begin with https://, ssh:// or file://, or are as git@host:path."


@dataclass(frozen=True, slots=True)
class Address:
    """Where a template lies.

    Attributes:
        url: of the repository.
        tag: a tag or branch; empty takes the repository's own choice.
    """

    url: str
    tag: str


def address(word: str) -> Address:
    """A Git address as a person writes it: `URL` or `URL@TAG`.

    Args:
        word: such as `https://example.org/templates.git@v1.2.0`.

    Raises:
        DataError: `template.git`, it is none that is used.
    """
    url = word.removeprefix("git+")
    tag = ""
    # An @ before the last slash belongs to the name of a person.
    head, mark, tail = url.rpartition("@")
    if mark and "/" not in tail and ("/" in head or ":" in head):
        url, tag = head, tail
    plain = re.match(r"(?:https|ssh|file)://[^-\s]", url) or re.match(r"git@[^-\s][^\s]*:", url)
    if plain is None or "::" in url or any(ord(sign) < 0x21 for sign in url):
        raise DataError(
            f'"{printable(word, 120)}" is no address that a template is fetched from.',
            "template.git",
            _REFUSED_HINT,
        )
    if tag and (not _TAG.fullmatch(tag) or ".." in tag):
        raise DataError(
            f'"{printable(tag, 60)}" is no tag.', "template.git", "Write it as URL@v1.0.0."
        )
    return Address(url, tag)


def read_git(word: str) -> Package:
    """Fetch a repository's commit and read its files from Git's own store.

    No file is written but Git's own, in a folder that is removed afterwards; no hook, no filter
    and no submodule comes into it.

    Args:
        word: the address; see `address`.

    Raises:
        DataError: `template.git`, Git is missing, refuses, or takes too long; and as
            `read_folder`.
    """
    asked = address(word)
    if shutil.which("git") is None:
        raise DataError(
            "Git is not installed here.", "template.git", "Install it, or download a zip file."
        )
    with tempfile.TemporaryDirectory(prefix="dmaic-template-") as folder:
        branch = ["--branch", asked.tag] if asked.tag else []
        _git(
            ["clone", "--quiet", "--bare", "--depth=1", "--single-branch", "--no-tags",
             "--template=", *branch, "--", asked.url, folder], asked
        )  # fmt: skip
        return _files(folder, asked, word)


def _files(folder: str, asked: Address, word: str) -> Package:
    """What the commit holds: kind, size and path of each file, then those that are wanted."""
    collector = Collector(word, word)
    # Only what lies on top and in the folders that a template has: folders that hold one another
    # many times would have no end.
    listing = ["--git-dir", folder, "ls-tree", "-z", "-l", "HEAD"]
    inner = [f"{each}/" for each in FOLDERS]
    listed = _git(listing, asked) + _git([*listing, "--", *inner], asked)
    entries = [line for line in listed.split(b"\0") if line]
    if len(entries) > MOST_ENTRIES:
        raise collector.too_much(f"has more than {MOST_ENTRIES:,} files")
    for line in entries:
        head, _, raw = line.partition(b"\t")
        mode, _, id, size = head.decode("ascii").split()
        path = raw.decode("utf-8", "replace")
        if mode == "040000":
            continue
        if path.startswith(".") or "/." in path or not collector.wants(path):
            continue
        if mode not in ("100644", "100755"):
            raise DataError(
                f'"{printable(path, 80)}" is a link or another repository, not a file.',
                "template.path",
                "A template has only files.",
                collector.place,
            )
        if int(size) > collector.room():
            raise collector.too_much("is too large", path)
        collector.add(path, _git(["--git-dir", folder, "cat-file", "blob", id], asked))
    return collector.package()


def _git(arguments: list[str], asked: Address) -> bytes:
    """What Git answers.

    Raises:
        DataError: `template.git`.
    """
    settings = ["-c", "core.hooksPath=/dev/null", "-c", "submodule.recurse=false",
                "-c", "core.bigFileThreshold=16m"]  # fmt: skip
    # Nobody is asked for a password in the middle; nothing but these transports is used.
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_ALLOW_PROTOCOL": _ALLOWED,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": "ssh -oBatchMode=yes",
        "LC_ALL": "C",
    }
    # What Git says goes into files, which the limit keeps from growing: memory has none.
    answer, words = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
    try:
        done = subprocess.run(
            ["git", *settings, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=words,
            timeout=SECONDS,
            check=False,
            preexec_fn=_limit if os.name == "posix" else None,
        )
        answer.seek(0)
        words.seek(0)
        found, told = answer.read(_SAID), words.read(_SAID)
    except subprocess.TimeoutExpired:
        raise DataError(
            f"Git took longer than {SECONDS} s.",
            "template.git",
            "Is the server reachable? A zip file of the repository also does.",
            printable(asked.url, 200),
        ) from None
    finally:
        answer.close()
        words.close()
    if done.returncode:
        said = told.decode("utf-8", "replace").strip().splitlines()
        reason = next((each for each in said if "fatal" in each), said[0] if said else "it failed")
        reason = printable(reason.removeprefix("fatal: "), 200).rstrip(".")
        raise DataError(
            f"Git did not bring the template: {reason}.",
            "template.git",
            "Check the address and the tag: URL@TAG.",
            printable(asked.url, 200),
        )
    return found


def _limit() -> None:
    """Keep a repository that is made to fill the disk from doing so."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (_CLONE, _CLONE))
