"""Progress is drawn for people who wait, and for nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

pexpect = pytest.importorskip("pexpect", reason="needs a terminal of its own (POSIX)")

CSV = "id,segment,churned\n1,A,Yes\n2,B,No\n"


@contextmanager
def waited_for(folder: Path) -> Iterator[Any]:
    """A command at a terminal whose file does not end; that is a file that takes long."""
    pipe = folder / "slow.csv"
    os.mkfifo(pipe)
    child = pexpect.spawn(
        sys.executable, ["-m", "dmaic", "pareto", str(pipe), "--by", "segment"],
        encoding="utf-8", dimensions=(40, 100), timeout=120,
    )  # fmt: skip
    with pipe.open("w") as writer:
        writer.write(CSV)
        writer.flush()
        # Until it was read dmaic is still starting, and Python may lose a Ctrl-C while it imports.
        wait_until_read(writer)
        yield child


def wait_until_read(pipe: IO[str]) -> None:
    import fcntl
    import termios

    for _ in range(300):
        if fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)) == bytes(4):
            return
        time.sleep(0.1)
    pytest.fail("nobody reads the file")


def test_a_bar_appears_while_a_person_waits_and_goes(tmp_path) -> None:
    with waited_for(tmp_path) as child:
        child.expect("Reading")
    child.expect("Churned customers by segment")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_ctrl_c_takes_the_bar_away(tmp_path) -> None:
    with waited_for(tmp_path) as child:
        child.expect("Reading")
        child.sendintr()
        child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert "Traceback" not in child.before


def test_no_bar_where_nobody_looks(tmp_path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "dmaic", "pareto", "-", "--by", "segment"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(CSV.encode())
    process.stdin.flush()
    time.sleep(1.6)
    _, err = process.communicate(timeout=120)
    assert b"Reading" not in err
    assert b"\x1b" not in err
