"""`dmaic serve` in a process of its own: it answers to this machine only, with what is new."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("serve")


@dataclass
class Served:
    process: subprocess.Popen[str]
    port: int
    folder: Path

    def get(
        self, path: str, host: str | None = None, method: str = "GET"
    ) -> tuple[int, str, dict[str, str]]:
        """Ask for a path as it is, with a Host of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, {name.lower(): value for name, value in answer.getheaders()}

    def dmaic(self, *words: str) -> None:
        subprocess.run([sys.executable, "-m", "dmaic", *words], cwd=self.folder, check=True,
                       capture_output=True, timeout=60)  # fmt: skip


Start = Callable[..., Served]


@pytest.fixture
def start(engagement: Path, tmp_path: Path) -> Iterator[Start]:
    """Start `dmaic serve` in the worked case, on a free port."""
    begun: list[subprocess.Popen[str]] = []

    def run(*words: str, folder: Path = engagement) -> Served:
        process = subprocess.Popen(
            [sys.executable, "-m", "dmaic", "serve", "--port", "0", *words],
            cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "DMAIC_LOG_DIR": str(tmp_path / "log")},
        )  # fmt: skip
        begun.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\n", line)
        assert found, (line, process.stderr.read() if process.stderr and not line else "")
        return Served(process, int(found[1]), folder)

    yield run
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.slow
def test_the_portfolio_leads_down_to_each_report(start: Start) -> None:
    served = start()
    status, page, headers = served.get("/")
    assert status == 200
    assert "Cut estimator churn" in page
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert headers["server"] == "dmaic"
    assert headers["x-content-type-options"] == "nosniff"
    links = set(re.findall(r'href="([^"#:]+\.html)"', page))
    assert {"cut-estimator-churn/project.html", "cut-estimator-churn/define.html"} <= links
    status, page, _ = served.get("/cut-estimator-churn/define.html")
    assert status == 200
    assert 'href="../index.html"' in page
    assert 'href="project.html"' in page
    status, page, _ = served.get("/", method="HEAD")
    assert (status, page) == (200, "")


@pytest.mark.slow
def test_only_pages_are_served_and_only_to_this_machine(start: Start) -> None:
    served = start()
    (served.folder / "secret.html").write_text("secret")
    for path in (
        "/dmaic.db",
        "/secret.html",
        "/../dmaic.db",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/cut-estimator-churn/../../dmaic.db",
        "//etc/passwd",
        "/cut-estimator-churn/define.html/",
        "/\\..\\dmaic.db",
        "/cut-estimator-churn/",
        "/index.html%00",
    ):
        status, page, _ = served.get(path)
        assert status == 404, path
        assert "secret" not in page
    for host in ("evil.example", f"evil.example:{served.port}", "127.0.0.1:1", "", "localhost."):
        assert served.get("/", host=host or " ")[0] == 421
    assert served.get("http://[::1")[0] == 400
    assert served.get("/nope", host=f"localhost:{served.port}")[0] == 404
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert served.get("/", method=method)[0] in (405, 501)
    # It listens on the loopback only.
    others = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None)}
    for address in others - {"127.0.0.1", "::1"}:
        if not str(address).startswith("127."):
            with pytest.raises(OSError, match=r"refused|unreachable|timed out|assign"):
                socket.create_connection((str(address), served.port), timeout=2)


@pytest.mark.slow
def test_a_change_of_the_record_or_the_style_is_seen_at_the_next_look(start: Start) -> None:
    served = start()
    assert "Keep estimators" not in served.get("/")[1]
    served.dmaic("project", "new", "Keep <b>estimators</b>", "--no-input")
    status, page, _ = served.get("/")
    assert status == 200
    assert "Keep &lt;b&gt;estimators&lt;/b&gt;" in page
    assert "<b>estimators" not in page
    new = next(each for each in re.findall(r'href="([^"]+)/project\.html"', page) if "keep" in each)
    assert served.get(f"/{new}/project.html")[0] == 200
    assert "Northwind Partners" not in page
    (served.folder / "client.toml").write_text('organisation = "Northwind Partners"\n')
    assert "Northwind Partners" in served.get("/")[1]
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="{}"/>'
    (served.folder / "own.svg").write_text(logo.format(7))
    (served.folder / "client.toml").write_text('logo = "own.svg"\n')
    before = served.get("/")[1]
    (served.folder / "own.svg").write_text(logo.format(8))
    assert served.get("/")[1] != before
    (served.folder / "client.toml").write_text("organisation = [")
    status, page, _ = served.get("/")
    assert status == 500
    assert "client.toml" in page
    assert "Traceback" not in page


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_it_ends_when_it_is_told_to(start: Start, number: signal.Signals, status: int) -> None:
    served = start()
    assert served.get("/")[0] == 200
    served.process.send_signal(number)
    _, said = served.process.communicate(timeout=120)
    assert served.process.returncode == status
    assert "Traceback" not in said
    assert said.endswith("Stopped.\n")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", served.port), timeout=2)


def test_a_port_that_is_taken_is_told(engagement: Path, run: Callable[..., object]) -> None:
    del engagement
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("serve", "--port", taken.getsockname()[1])
    assert ran.status == 1  # type: ignore[attr-defined]
    assert "serve.port" in ran.err  # type: ignore[attr-defined]


def test_where_there_is_no_engagement_nothing_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., object]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("serve", "--port", "0")
    assert ran.status == 1  # type: ignore[attr-defined]
    assert "store.none" in ran.err  # type: ignore[attr-defined]


@pytest.mark.slow
def test_an_empty_engagement_is_served(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "dmaic", "init", str(folder)], check=True,
                   capture_output=True, timeout=60)  # fmt: skip
    status, page, _ = start(folder=folder).get("/")
    assert status == 200
    assert "There is no project yet." in page
