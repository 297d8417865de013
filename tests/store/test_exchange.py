"""A whole project as a file: what was released is read for ever, what is hostile never gets in."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import dmaic.project
from dmaic.errors import ConflictError, DataError, StoreError
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.project import Engagement, Project
from dmaic.project.entity import ENGAGEMENT, Entity
from dmaic.project.exchange.bring_in import import_project
from dmaic.project.exchange.read import read_project
from dmaic.project.exchange.write import project_file, to_text
from dmaic.project.paper.paper import read_paper
from dmaic.project.plan.action import Action
from dmaic.project.record.history import check_history
from dmaic.project.record.undo import undo
from dmaic.project.record.verify import verify
from dmaic.project.store.kinds import KINDS, entity_class
from dmaic.project.store.store import Store

RELEASED = sorted(Path(__file__).parent.glob("project-v*.json"))


@pytest.fixture
def empty(store_place: str) -> Store:
    """An engagement without a project."""
    store = Store(store_place, "lee")
    store.create(lambda work: work.add(Engagement(name="Other"), ENGAGEMENT, id=ENGAGEMENT))
    return store


@pytest.fixture
def here(tmp_path: Path) -> Store:
    """The same on SQLite, where the kind of database does not matter."""
    store = Store(tmp_path / "here.db", "lee")
    store.create(lambda work: work.add(Engagement(name="Other"), ENGAGEMENT, id=ENGAGEMENT))
    return store


def bring(store: Store, path: Path, name: str | None = None) -> str:
    read = read_project(path)
    with store.writing("import") as work:
        return import_project(work, read, name).id


def text_of(store: Store, id: str) -> str:
    with store.reading() as view:
        (project,) = [each for each in view.all(Project) if each.id == id]
        return to_text(project_file(view, project))


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_every_released_file_is_read_and_gives_the_same_again(empty: Store, path: Path) -> None:
    id = bring(empty, path)
    with empty.reading() as view:
        assert verify(view).ok
        (project,) = view.all(Project)
        assert project.body.name == "Cut estimator churn"
        assert project.made_by == "dana"
        (data,) = view.all(Dataset, id)
        assert project.body.default_dataset == data.id
        assert (data.body.rows, data.body.snapshot) == (60, None)
        assert {each.body.analysis for each in view.all(SavedAnalysis, id)} == {"pareto", "inspect"}
        charter = read_paper(view, id, "charter").document
        assert charter.model_dump()["problem"] == "2.2 % of users cancel each month"
    # Byte for byte, save for the version of the tool.
    then, now = json.loads(path.read_text("utf-8")), json.loads(text_of(empty, id))
    assert {**now, "tool": ""} == {**then, "tool": ""}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A copy of the newest file."""
    copy = tmp_path / "project.json"
    copy.write_bytes(RELEASED[-1].read_bytes())
    return copy


@pytest.fixture
def data(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_an_import_is_one_entry_and_is_undone_whole(empty: Store, path: Path) -> None:
    with empty.reading() as view:
        before = [row["id"] for row in view.raw_items()]
        entries = len(view.marks())
    bring(empty, path)
    with empty.reading() as view:
        assert len(view.marks()) == entries + 1
    with empty.writing("undo") as work:
        undo(work)
    with empty.reading() as view:
        assert [row["id"] for row in view.raw_items()] == before
        assert verify(view).ok


def test_a_second_copy_needs_another_name_and_gets_its_own_ids(empty: Store, path: Path) -> None:
    first = bring(empty, path)
    with pytest.raises(ConflictError) as caught:
        bring(empty, path)
    assert caught.value.code == "project.exists"
    second = bring(empty, path, "The same again")
    with empty.reading() as view:
        assert verify(view).ok
        for kind in (Action, SavedAnalysis):
            one, other = view.all(kind, first), view.all(kind, second)
            assert len(one) == len(other) > 0
            assert not {each.id for each in one} & {each.id for each in other}
        # What points to something points to the copy's own.
        (copied,) = view.all(Dataset, second)
        projects = {each.id: each.body for each in view.all(Project)}
        assert projects[second].default_dataset == copied.id
        assert {each.body.dataset for each in view.all(SavedAnalysis, second)} == {copied.id}
        assert projects[second].name == "The same again"


def test_what_is_done_after_an_import_is_in_the_next_file(here: Store, path: Path) -> None:
    id = bring(here, path)
    before = json.loads(text_of(here, id))
    with here.writing("other") as work:
        work.add(Project(name="Another", template=work.all(Project)[0].body.template), ENGAGEMENT)
    for command in ("action done", "action reopen"):
        with here.writing(command, project=id) as work:
            (action,) = work.all(Action, id)
            state = "done" if command == "action done" else "open"
            work.change(action, action.body.model_copy(update={"title": f"Now {state}"}))
    after = json.loads(text_of(here, id))
    assert after["history"][0] == before["history"][0]
    part = after["history"][1]
    assert part["engagement"] == "Other"
    # The import itself is told without repeating the project; another project's entry not at all.
    light, other, *whole = part["entries"]
    assert light["command"] == "import"
    assert "changes" not in light
    assert set(other) == {"seq", "previous", "hash"}
    assert [each["command"] for each in whole] == ["action done", "action reopen"]
    check_history(part["entries"], "")
    file = path.with_name("again.json")
    file.write_text(json.dumps(after), "utf-8")
    assert len(read_project(file).file.history) == 2


def test_neither_data_nor_paths_nor_the_key_travel(path: Path) -> None:
    read = read_project(path)
    (dataset,) = [each for each in read.bodies if isinstance(each, Dataset)]
    assert dataset.understood is None
    assert (dataset.files, dataset.snapshot, dataset.snapshot_sha256) == ((), None, None)


def test_links_to_other_projects_stay_behind(here: Store, path: Path) -> None:
    id = bring(here, path)
    with here.writing("next-cycle", project=id) as work:
        (project,) = work.all(Project)
        work.change(project, project.body.model_copy(update={"following": "abcdefgh"}))
    assert json.loads(text_of(here, id))["project"]["body"]["following"] is None


def test_every_kind_of_item_has_its_place() -> None:
    for module in pkgutil.walk_packages(dmaic.project.__path__, "dmaic.project."):
        if ".migration." not in module.name:
            importlib.import_module(module.name)

    def below(kind: type[Entity]) -> Iterator[type[Entity]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    known = {
        each.kind: each
        for each in below(Entity)
        if each.__module__.startswith("dmaic.project.") and "kind" in vars(each)
    }
    outside = {"engagement", "project", "template", "package"}
    assert set(known) - outside == set(KINDS)
    assert all(entity_class(kind) is known[kind] for kind in KINDS)


Spoil = Callable[[dict[str, Any]], None]


def item(data: dict[str, Any], kind: str) -> Any:
    return next(each for each in data["items"] if each["kind"] == kind)


def spoiled(data: dict[str, Any], at: str, value: Any) -> None:
    *way, last = at.split("/")
    place: Any = data
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value


DEEP: Any = "x"
for _ in range(200):
    DEEP = [DEEP]

SPOILT: list[tuple[str, Spoil, str, str]] = [
    ("another format", lambda d: spoiled(d, "format", "x"), "exchange.format", ""),
    ("a newer format", lambda d: spoiled(d, "version", 2), "exchange.newer", "pip install"),
    ("an older format", lambda d: spoiled(d, "version", 0), "exchange.field", "version"),
    ("a version in words", lambda d: spoiled(d, "version", "one"), "exchange.field", "version"),
    ("an unknown field", lambda d: spoiled(d, "extra", 1), "exchange.field", "extra"),
    ("no items", lambda d: spoiled(d, "items", None), "exchange.field", "items"),
    ("an item that is none", lambda d: spoiled(d, "items/3", []), "exchange.field", "items[3]"),
    ("an unknown kind", lambda d: spoiled(d, "items/2/kind", "wish"), "exchange.kind", '"wish"'),
    ("a kind of root", lambda d: spoiled(d, "items/2/kind", "project"), "exchange.kind", ""),
    ("a hidden history", lambda d: spoiled(d, "items/2/kind", "history"), "exchange.kind", ""),
    ("an id twice", lambda d: spoiled(d, "items/1/id", d["items"][0]["id"]), "exchange.id", "[1]"),
    ("the root's id", lambda d: spoiled(d, "items/1/id", "engagement"), "exchange.field", "id"),
    ("an id of SQL", lambda d: spoiled(d, "items/1/id", "' or 1=1"), "exchange.field", "id"),
    (
        "a parent elsewhere",
        lambda d: spoiled(d, "items/1/parent", "abcdefgh"),
        "exchange.parent",
        "items[1]",
    ),
    (
        "its own parent",
        lambda d: spoiled(d, "items/1/parent", d["items"][1]["id"]),
        "exchange.parent",
        "",
    ),
    (
        "a body of another kind",
        lambda d: spoiled(d, "items/0/body", {"title": 1}),
        "exchange.body",
        "items[0] (member).body",
    ),
    (
        "a name twice",
        lambda d: d["items"].append({**deepcopy(d["items"][0]), "id": "abcdefgh"}),
        "exchange.key",
        "Dana Reyes",
    ),
    (
        "a document that is none",
        lambda d: spoiled(item(d, "document")["body"], "document", "poem"),
        "exchange.body",
        "poem",
    ),
    (
        "a document's field that is none",
        lambda d: spoiled(item(d, "document")["body"], "fields/problem", ["x"]),
        "exchange.body",
        "document",
    ),
    (
        "a result that is none",
        lambda d: spoiled(item(d, "analysis")["body"], "result/rows", "many"),
        "exchange.body",
        "analysis",
    ),
    (
        "an analysis that is none",
        lambda d: spoiled(item(d, "analysis")["body"], "analysis", "os.system"),
        "exchange.body",
        "os.system",
    ),
    (
        "another project",
        lambda d: spoiled(d, "project/body/previous", "abcdefgh"),
        "exchange.reference",
        "",
    ),
    (
        "another's dataset",
        lambda d: spoiled(d, "project/body/default_dataset", "abcdefgh"),
        "exchange.reference",
        "",
    ),
    ("no date", lambda d: spoiled(d, "items/0/made_at", "today"), "exchange.field", "made_at"),
    (
        "a date without a zone",
        lambda d: spoiled(d, "items/0/made_at", "2026-01-01T00:00"),
        "exchange.field",
        "made_at",
    ),
    (
        "a changed template",
        lambda d: spoiled(d, "template/content/name", "evil"),
        "exchange.template",
        "",
    ),
    (
        "a changed entry",
        lambda d: spoiled(d, "history/0/entries/4/actor", "mallory"),
        "exchange.journal",
        "entry 5",
    ),
    ("an entry gone", lambda d: d["history"][0]["entries"].pop(3), "exchange.journal", "entry 4"),
    (
        "an entry blanked",
        lambda d: spoiled(d, "history/0/entries/2", {"seq": 4}),
        "exchange.journal",
        "entry 3",
    ),
    ("deep nesting", lambda d: spoiled(d, "items/0/body", {"x": DEEP}), "exchange.json", "nested"),
    ("a NUL", lambda d: spoiled(d, "items/0/body/name", "a\0b"), "exchange.json", "NUL"),
    ("half a character", lambda d: spoiled(d, "items/0/body/name", "\ud800"), "exchange.json", ""),
]


@pytest.mark.parametrize(("spoil", "code", "words"), [each[1:] for each in SPOILT],
                         ids=[each[0] for each in SPOILT])  # fmt: skip
def test_spoilt_files_are_refused_with_where(
    here: Store, path: Path, data: dict[str, Any], spoil: Spoil, code: str, words: str
) -> None:
    spoil(data)
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(DataError) as caught:
        bring(here, path)
    assert caught.value.code == code
    told = " ".join(f"{each.message} {each.hint} {each.where}" for each in caught.value.problems)
    assert words in told
    with here.reading() as view:
        assert view.all(Project) == []
        assert len(view.marks()) == 1


RAW: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "exchange.json"),
    ("no JSON", b"PK\x03\x04", "exchange.json"),
    ("no UTF-8", b'{"a": "\xff"}', "exchange.json"),
    ("cut off", RELEASED[-1].read_bytes()[:-400], "exchange.json"),
    ("a list", b"[]", "exchange.format"),
    ("a number", b"1", "exchange.format"),
    ("nesting without end", b"[" * 200_000, "exchange.json"),
    ("a long number", b'{"a": ' + b"9" * 10_000 + b"}", "exchange.json"),
    ("not a number", b'{"a": NaN}', "exchange.json"),
    ("too large a number", b'{"format": "dmaic-project", "a": 1e999}', "exchange.json"),
    ("a name twice", b'{"format": 1, "format": "dmaic-project"}', "exchange.json"),
]


@pytest.mark.parametrize(("raw", "code"), [each[1:] for each in RAW], ids=[each[0] for each in RAW])
def test_files_that_are_no_project(path: Path, raw: bytes, code: str) -> None:
    path.write_bytes(raw)
    with pytest.raises(DataError) as caught:
        read_project(path)
    assert caught.value.code == code


def test_a_file_beyond_all_measure_is_not_read(path: Path, monkeypatch) -> None:
    monkeypatch.setattr("dmaic.project.exchange.read.LARGEST", 1000)
    with pytest.raises(DataError, match="larger than"):
        read_project(path)
    with pytest.raises(DataError, match="cannot be read"):
        read_project(path.parent)


def test_many_problems_are_told_together(path: Path, data: dict[str, Any]) -> None:
    for number in range(4):
        data["items"][number]["body"] = {}
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(DataError) as caught:
        read_project(path)
    places = {each.message.split(" ")[0] for each in caught.value.problems}
    assert places == {f"items[{number}]" for number in range(4)}


def test_an_item_of_a_newer_version_is_not_left_out_of_a_file(here: Store, path: Path) -> None:
    class Wish(Entity):
        kind = "wish"
        name: str = "a pony"

    id = bring(here, path)
    with here.writing("wish", project=id) as work:
        work.add(Wish(), id)
    with pytest.raises(StoreError) as caught:
        text_of(here, id)
    assert caught.value.code == "exchange.kind"
