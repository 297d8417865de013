"""Datasets and analyses on both kinds of database, and two people at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dmaic.errors import ConflictError, StoreError
from dmaic.project.data.analyse import default_dataset, keep, run_on
from dmaic.project.data.analysis import SavedAnalysis, is_stale
from dmaic.project.data.dataset import Dataset
from dmaic.project.data.datasets import Terms, add_dataset, refresh_dataset
from dmaic.project.data.register import Request, request_again
from dmaic.project.data.rerun import rerun
from dmaic.project.data.snapshot import KEY, folder_of, read_key
from dmaic.project.engagement.home import Home, Settings
from dmaic.project.engagement.project import Project
from dmaic.project.record.undo import undo
from dmaic.project.record.verify import verify
from dmaic.project.store.store import Store

EXPORT = "customer_id,segment,mrr,churned\n" + "".join(
    f"C{n},{'AB'[n % 2]},{n % 7 + 0.1},{'Yes' if n % 3 == 0 else 'No'}\n" for n in range(60)
)
TERMS = Terms(None, date(2026, 1, 31))
AT = "2026-01-31T10:00:00.000000+00:00"


@pytest.fixture
def home(store_place: str, make: Callable[[str], Store], tmp_path: Path) -> Home:
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    return Home(make(store_place), tmp_path, Settings())


def add(home: Home, name: str = "q3") -> None:
    assert home.folder is not None
    add_dataset(home, Request(name, (str(home.folder / "export.csv"),)), TERMS)


def analyse(home: Home) -> str:
    with home.store.reading() as view:
        (project,) = view.all(Project)
        dataset = default_dataset(view, project)
    ran = run_on(home, {}, dataset, "pareto", {"by": ["segment"], "measure": "value"}, AT)
    with home.store.writing("pareto", project=project.id) as work:
        return keep(work, project.id, ran.body)[0].id


def test_the_way_of_a_dataset_through_the_record(home: Home) -> None:
    add(home)
    first = analyse(home)
    assert analyse(home) == first
    with home.store.reading() as view:
        (project,), (item,) = view.all(Project), view.all(Dataset)
        assert project.body.default_dataset == item.id
    assert home.folder is not None
    (home.folder / "export.csv").write_text(EXPORT.replace("C1,B", "C1,A"), "utf-8")
    refresh_dataset(home, item, request_again(item.body, home.folder), TERMS)
    with home.store.reading() as view:
        (saved,) = view.all(SavedAnalysis)
        assert is_stale(saved.body, view.all(Dataset))
    rerun(home, "project1")
    with home.store.reading() as view:
        old, new = view.all(SavedAnalysis)
        assert (old.id, new.body.replaces) == (first, first)
        assert not is_stale(new.body, view.all(Dataset))
        assert verify(view).ok
    for _ in range(2):
        with home.store.writing("undo") as work:
            undo(work)
    with home.store.reading() as view:
        (saved,) = view.all(SavedAnalysis)
        assert not is_stale(saved.body, view.all(Dataset))
        assert verify(view).ok
    # The old snapshot is still there, so the old figures can be had again.
    assert analyse(home) == first


def test_who_reads_again_second_is_told(home: Home) -> None:
    add(home)
    with home.store.reading() as view:
        (item,) = view.all(Dataset)
    assert home.folder is not None
    (home.folder / "export.csv").write_text(EXPORT.replace("C1,B", "C1,A"), "utf-8")
    again = request_again(item.body, home.folder)
    refresh_dataset(home, item, again, TERMS)
    snapshots = set(home.folder.glob("data/*"))
    (home.folder / "export.csv").write_text(EXPORT.replace("C1,B", "C1,C"), "utf-8")
    with pytest.raises(ConflictError) as caught:
        refresh_dataset(home, item, again, TERMS)
    assert caught.value.code == "conflict.changed"
    # What was read for nothing is gone; what the other one recorded is there.
    assert set(home.folder.glob("data/*")) == snapshots


def test_who_adds_the_same_second_does_not_take_the_data_of_the_first(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dmaic.project.data.datasets as module

    read = module.read_dataset

    def meanwhile(*given, **how):  # type: ignore[no-untyped-def]
        """Another person registers the same file while this one reads it."""
        found = read(*given, **how)
        monkeypatch.setattr(module, "read_dataset", read)
        add(home)
        return found

    monkeypatch.setattr(module, "read_dataset", meanwhile)
    with pytest.raises(ConflictError) as caught:
        add(home)
    assert caught.value.code == "dataset.exists"
    analyse(home)


def test_a_database_without_a_folder_keeps_no_data(home: Home) -> None:
    with pytest.raises(StoreError) as caught:
        folder_of(Home(home.store, None, Settings()))
    assert caught.value.code == "dataset.no-folder"


def test_two_who_make_the_key_at_once_get_the_same(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(lambda _: read_key(tmp_path, used=False), range(64)))
    assert set(keys) == {(tmp_path / KEY).read_bytes()}
    assert [each.name for each in tmp_path.iterdir()] == [KEY]
