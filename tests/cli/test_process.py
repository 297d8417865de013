"""What only a real process shows: signals, pipes, streams and exit statuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

DMAIC = [sys.executable, "-m", "dmaic"]
CSV = "id,segment,churned\n" + "".join(
    f"{n},{'AB'[n % 2]},{'Yes' if n % 3 else 'No'}\n" for n in range(100)
)


def process(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    words = [*DMAIC, *(str(argument) for argument in arguments)]
    return subprocess.run(words, capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def wait_for_copy(folder: Path) -> None:
    """Until standard input is kept in the folder meanwhile: then dmaic waits for the rest of it."""
    until = time.monotonic() + 120
    while not list(folder.glob("dmaic-*/*/*")):
        assert time.monotonic() < until, "standard input is not read"
        time.sleep(0.05)


def test_reads_from_a_pipe() -> None:
    ran = process("pareto", "-", "--by", "segment", "--json", input=CSV.encode())
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["result"]["total_exposure"] == 100


def test_version_and_help() -> None:
    assert process("--version").stdout.startswith(b"dmaic ")
    assert b"pareto" in process("--help").stdout


def test_wrong_usage_is_status_2_and_data_stays_off_stdout(tmp_path: Path) -> None:
    ran = process("pareto", tmp_path / "x.csv", "--nonsense")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"--nonsense" in ran.stderr


def test_missing_file_is_status_1(tmp_path: Path) -> None:
    ran = process("pareto", tmp_path / "x.csv", "--by", "segment")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert b"read.not-found" in ran.stderr
    assert b"Traceback" not in ran.stderr


def test_errors_have_the_envelope_too(tmp_path: Path) -> None:
    ran = process("pareto", tmp_path / "x.csv", "--by", "segment", "--json")
    envelope = json.loads(ran.stdout)
    assert envelope["schema"] == 1
    assert envelope["command"] == "pareto"
    assert envelope["result"] is None
    assert envelope["error"]["code"] == "read.not-found"


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_ends_at_once_with_130_and_no_partial_file(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    running = subprocess.Popen(
        [*DMAIC, "pareto", "-", "--by", "segment", "-o", str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert running.stdin is not None
    running.stdin.write(CSV.encode())
    running.stdin.flush()
    wait_for_copy(tmp_path)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=120)
    assert running.returncode == 130
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_nobody_reads_the_output() -> None:
    running = subprocess.Popen(
        [*DMAIC, "pareto", "-", "--by", "segment"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()  # as `| head` does once it has its lines
    running.stdin.write(CSV.encode())
    running.stdin.close()
    err = running.stderr.read()
    assert running.wait(timeout=120) == 141
    assert b"Traceback" not in err
    assert b"Exception ignored" not in err


@pytest.mark.parametrize(
    "variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_plain_streams_get_plain_text(variables: dict[str, str]) -> None:
    environment = {**os.environ, **variables}
    ran = process("pareto", "-", "--by", "segment", input=CSV.encode(), env=environment)
    assert ran.returncode == 0
    assert b"\x1b" not in ran.stdout + ran.stderr
    if "PYTHONIOENCODING" in variables:
        assert ran.stdout.isascii()


def test_a_bug_is_status_3_with_a_report(tmp_path: Path) -> None:
    script = (
        "import dmaic.analysis.pareto as p, sys\n"
        "def broken(*a, **k): raise ZeroDivisionError('hidden')\n"
        "p.open_export = broken\n"
        "from dmaic.cli.entry import main\n"
        "sys.exit(main(['pareto', 'x.csv', '--by', 'a']))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=False,
        env={**os.environ, "DMAIC_LOG_DIR": str(tmp_path)},
    )
    (report,) = tmp_path.iterdir()
    assert ran.returncode == 3
    assert str(report).encode() in ran.stderr
    assert b"Traceback" not in ran.stderr
    assert "ZeroDivisionError: hidden" in report.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_an_ended_process_leaves_no_copy_of_the_export(
    tmp_path: Path, number: int, status: int
) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    running = subprocess.Popen(
        [*DMAIC, "pareto", "-", "--by", "segment"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert running.stdin is not None
    running.stdin.write(CSV.encode())
    running.stdin.flush()
    wait_for_copy(tmp_path)
    running.send_signal(number)
    _, err = running.communicate(timeout=120)
    assert running.returncode == status
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_hang_up_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    running = subprocess.Popen(
        ["nohup", *DMAIC, "pareto", "-", "--by", "segment", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert running.stdin is not None
    running.stdin.write(CSV.encode())
    running.stdin.flush()
    wait_for_copy(tmp_path)
    running.send_signal(signal.SIGHUP)
    out, _ = running.communicate(timeout=120)
    assert running.returncode == 0
    assert json.loads(out)["result"]["total_exposure"] == 100
