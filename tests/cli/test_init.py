"""`dmaic init`: what it makes, what it leaves alone, and what it refuses."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DMAIC_DB", raising=False)
    return tmp_path


def test_it_makes_a_private_folder_with_everything_in_it(run, inside: Path) -> None:
    ran = run("init", "acme", "--name", 'Acme "Photo" \\ App')
    assert ran.status == 0
    assert {each.name for each in (inside / "acme").iterdir()} == {
        ".gitignore", "data", "dmaic.db", "dmaic.toml", "reports",
    }  # fmt: skip
    for name, mode in (("", 0o700), ("data", 0o700), ("dmaic.db", 0o600), ("dmaic.toml", 0o600)):
        assert stat.S_IMODE((inside / "acme" / name).stat().st_mode) == mode
    settings = tomllib.loads((inside / "acme/dmaic.toml").read_text("utf-8"))
    assert settings["name"] == 'Acme "Photo" \\ App'
    assert settings["template"] == "saas-churn"
    assert "Next: cd acme" in ran.err


def test_git_leaves_the_record_and_the_data_alone(run, inside: Path) -> None:
    run("init", "acme")
    ignored = (inside / "acme/.gitignore").read_text("utf-8").split()
    assert {"*.db", "*.db-journal", ".dmaic-*", "/data/", "/backups/"} <= set(ignored)


def test_what_is_there_stays_as_it_is(run, inside: Path) -> None:
    (inside / "data").mkdir()
    (inside / "data/churn.csv").write_text("a,b\n", "utf-8")
    (inside / ".gitignore").write_text("mine\n", "utf-8")
    ran = run("init")
    assert ran.status == 0
    assert "Left .gitignore as it was." in ran.out
    assert (inside / ".gitignore").read_text("utf-8") == "mine\n"
    assert (inside / "data/churn.csv").read_text("utf-8") == "a,b\n"


@pytest.mark.parametrize(
    ("where", "code"), [(".", "store.exists"), ("inner", "store.within"), ("a/b", "store.within")]
)
def test_an_engagement_is_never_made_twice(run, where: str, code: str) -> None:
    assert run("init").status == 0
    before = Path("dmaic.db").read_bytes()
    ran = run("init", where, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, code)
    assert Path("dmaic.db").read_bytes() == before
    assert not Path("inner").exists()


def test_a_demo_within_an_engagement_names_the_folder_that_was_asked_for(run) -> None:
    assert run("init").status == 0
    error = run("demo", "firm", "--json").json["error"]
    assert (error["code"], error["where"]) == ("store.within", "firm")
    assert not Path("firm").exists()


def test_an_interrupted_init_is_finished_by_the_next(
    run, inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dmaic.project.store.store import Store

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Store, "create", stop)
        assert run("init", "acme", "--name", "Acme").status == 130
    assert not (inside / "acme/dmaic.db").exists()
    ran = run("init", "acme", "--name", "Other")
    assert ran.status == 0
    # The settings of the first try stand; nothing is overwritten.
    assert 'Made the engagement "Acme"' in ran.out
    assert [*(inside / "acme").glob(".dmaic-*")] == []


def test_a_template_that_is_none_leaves_nothing_behind(run, inside: Path) -> None:
    ran = run("init", "acme", "--template", "sass-churn", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, "template.unknown")
    assert 'Did you mean "saas-churn"?' in ran.json["error"]["hint"]
    assert [*inside.iterdir()] == []


def test_a_template_of_ones_own_is_found_from_anywhere(run, inside: Path) -> None:
    template = Path(__file__).parent / "mini"
    (inside / "templates").symlink_to(template.parent)
    assert run("init", "acme", "--template", "templates/mini").status == 0
    settings = tomllib.loads((inside / "acme/dmaic.toml").read_text("utf-8"))
    assert Path(settings["template"]).is_absolute()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["file"], "store.no-folder"),
        (["file/inner"], "store.no-folder"),
        (["acme", "--name", "x" * 201], "field.value"),
        (["acme", "--db", "mysql://server/base"], "store.url"),
    ],
)
def test_a_place_that_cannot_be_one_is_told(run, inside: Path, words: list[str], code: str) -> None:
    (inside / "file").write_text("mine", "utf-8")
    ran = run("init", *words, "--json")
    assert ran.status in (1, 2)
    assert ran.json["error"]["code"] == code
    assert (inside / "file").read_text("utf-8") == "mine"
    assert not (inside / "acme").exists()


def test_the_record_may_lie_on_a_server(run, inside: Path, postgresql_place: str) -> None:
    assert run("init", "acme", "--db", postgresql_place).status == 0
    assert not (inside / "acme/dmaic.db").exists()
    ran = run("init", "acme", "--db", postgresql_place, "--json")
    assert ran.json["error"]["code"] == "store.exists"
    ran = run("project", "new", "Cut churn", "--db", postgresql_place)
    assert ran.status == 0
    assert "Cut churn" in run("project", "list", "--db", postgresql_place).out


def test_git_itself_leaves_the_key_and_the_data_alone(run, inside: Path) -> None:
    import shutil
    import subprocess

    from dmaic.project.data.snapshot import KEY

    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    run("init", "acme")
    for name in (KEY, "data/churn.parquet", "dmaic.db-journal", "backups/a.db"):
        path = inside / "acme" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("secret", "utf-8")
    subprocess.run([git, "init", "-q"], cwd=inside / "acme", check=True)
    seen = subprocess.run(
        [git, "status", "--porcelain", "-uall"],
        cwd=inside / "acme", check=True, capture_output=True, encoding="utf-8",
    ).stdout.split()  # fmt: skip
    assert set(seen) - {"??"} == {".gitignore", "dmaic.toml"}
