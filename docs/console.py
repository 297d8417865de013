"""Runs the commands of a page and writes what they print below them.

A block marked `console` holds commands behind `$ `, each followed by what it printed. They run in
order, in one folder, which holds the sample data as a checkout does. `console 12` keeps the first
twelve lines of each output. `# exits with 8` behind a command says that it shall.

    python docs/console.py docs/tutorial.md        # write the outputs anew
    python docs/console.py --check docs/tutorial.md  # say where the page differs

Ids, dates and times differ at every run, so they are not compared; an id that a command of the page
names is the one that was printed in its place.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```console(?: (\d+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STATUS = re.compile(r"# exits with (\d+)\s*$")
EXPORT = re.compile(r"export (\w+)=(\S+)")
ID = re.compile(r"\b[a-hjkmnp-z2-9]{8}\b")
CHANGING = re.compile(
    r"\b[0-9a-f]{64}\b|\b[a-hjkmnp-z2-9]{8}\b|\d{4}-\d\d-\d\d|"
    r"\b\d\d:\d\d(:\d\d)?\b|\d+ s\b|\s+|[─-]+"
)
MORE = "..."
MARK = "\x1e"


@dataclass
class Shell:
    """A shell that stays where `cd` went and keeps what was set.

    Attributes:
        home: folder it began in.
        ids: id on the page -> id of this run.
        where: folder it is in.
        said: variables that were exported.
    """

    home: Path
    ids: dict[str, str] = field(default_factory=dict)
    where: str = ""
    said: dict[str, str] = field(default_factory=dict)

    def run(self, command: str) -> tuple[str, int]:
        """Run a command and give what it printed, words and data as they came, and its status."""
        if exported := EXPORT.fullmatch(command):
            self.said[exported[1]] = exported[2]
        for old, new in self.ids.items():
            command = re.sub(rf"\b{old}\b", new, command)
        env = {name: value for name, value in os.environ.items() if not name.startswith("DMAIC_")}
        env |= {
            "COLUMNS": "80",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT / "src"),
            "DMAIC_ACTOR": "Project lead",
            "DMAIC_CONFIG_DIR": str(self.home / ".config"),
            **self.said,
        }
        script = (
            f'dmaic() {{ "{sys.executable}" -m dmaic "$@"; }}\n'
            f"cd {self.where or self.home}\n{command}\nstatus=$?\nprintf '{MARK}%s' \"$PWD\"\n"
            "exit $status\n"
        )
        ran = subprocess.run(
            ["bash", "-c", script],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        output, _, where = ran.stdout.partition(MARK)
        self.where = where or self.where
        return output.replace(str(self.home), "~"), ran.returncode


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with the output shown below it."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif found and found[-1][0].endswith("\\") and not found[-1][1]:
            found[-1] = (f"{found[-1][0]}\n{line}", "")
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


def play(page: str) -> tuple[str, list[str]]:
    """Run the commands of a page, in a folder of their own that holds the sample data.

    Args:
        page: Markdown.

    Returns:
        The page with what was printed now, and what is wrong with the page as it is.
    """
    # A short path, since messages that name it are wrapped.
    short = "/tmp" if Path("/tmp").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="d-", dir=short) as folder:
        home = Path(folder).resolve()
        (home / "sample_data").symlink_to(ROOT / "sample_data")
        return _play(page, Shell(home))


def _play(page: str, shell: Shell) -> tuple[str, list[str]]:
    problems: list[str] = []

    def played(match: re.Match[str]) -> str:
        most = int(match[1] or 0)
        lines: list[str] = []
        for command, shown in commands(match[2]):
            asked = STATUS.search(command)
            output, status = shell.run(command)
            if status != int(asked[1] if asked else 0):
                problems.append(f"$ {command}\nended with status {status}:\n{output}")
            now = [line.rstrip() for line in output.rstrip("\n").splitlines()]
            if most and len(now) > most:
                now = [*now[:most], MORE]
            if _same(shown) != _same("\n".join(now)):
                problems.append(f"$ {command}\nprints something else now:\n" + "\n".join(now))
            shell.ids |= dict(zip(ID.findall(shown), ID.findall("\n".join(now)), strict=False))
            for old, new in shell.ids.items():
                command = re.sub(rf"\b{old}\b", new, command)
            lines += [f"$ {command}", *now]
        head = f"```console {most}" if most else "```console"
        return "\n".join([head, *lines, "```"])

    return BLOCK.sub(played, page), problems


def _same(output: str) -> str:
    return CHANGING.sub(" ", output).strip()


def main(words: list[str]) -> int:
    """Write or check the pages that are named."""
    wrong = 0
    for name in words:
        if name == "--check":
            continue
        path = Path(name)
        page, problems = play(path.read_text("utf-8"))
        bad = [each for each in problems if "ended with status" in each]
        if "--check" in words:
            bad = problems
        else:
            path.write_text(page, "utf-8")
        for each in bad:
            sys.stderr.write(f"{name}: {each}\n")
        wrong += len(bad)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
