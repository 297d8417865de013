"""Benefits on SQLite and on PostgreSQL: planned, signed, changed, undone, taken elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dmaic.errors import ConflictError, NotFoundError, UsageError
from dmaic.project.benefit.benefit import Benefit
from dmaic.project.benefit.benefit_list import benefit_list
from dmaic.project.benefit.benefit_page import benefit_page
from dmaic.project.benefit.change import lock, plan, record, remove
from dmaic.project.benefit.entry import Entry
from dmaic.project.engagement.project import Engagement, Project
from dmaic.project.engagement.start import new_project
from dmaic.project.entity import ENGAGEMENT, Stored
from dmaic.project.exchange.bring_in import import_project
from dmaic.project.exchange.read import read_project
from dmaic.project.exchange.write import write_project
from dmaic.project.gate.check import check_gate
from dmaic.project.gate.state import GateAnswer, GateState, Round
from dmaic.project.people.team import Member
from dmaic.project.people.team_change import change_member
from dmaic.project.record.undo import redo, undo
from dmaic.project.standing.portfolio import portfolio
from dmaic.project.standing.status import status
from dmaic.project.store.store import Store

TODAY = date(2026, 2, 10)
PLAN = {"title": "API", "target": 1200.0, "starts": "2026-01", "segment": "Estimators"}


@pytest.fixture
def store(store_place: str) -> Store:
    store = Store(store_place, "ada")
    store.create(lambda work: work.add(Engagement(name="Acme"), ENGAGEMENT, id=ENGAGEMENT))
    with store.writing("project new") as work:
        project = new_project(work, "Cut churn", template="saas-churn")
        work.add(Member(name="Dana", function="Finance", roles=("approver",)), project.id)
        work.add(Member(name="Sam", function="Sales", roles=("approver",)), project.id)
    return store


def planned(store: Store, reason: str = "", **fields: Any) -> Stored[Benefit]:
    with store.writing("benefit plan", note=reason) as work:
        project = work.find(Project, "cut")
        return plan(work, project, {**PLAN, **fields}, reason=reason, today=TODAY)


def recorded(store: Store, *entries: Entry, reason: str = "") -> Stored[Benefit]:
    with store.writing("benefit record", note=reason) as work:
        found = work.find(Benefit, "api", work.find(Project, "cut").id)
        return record(work, found, entries, reason=reason, today=TODAY)


def locked(store: Store, who: str = "Dana") -> Stored[Benefit]:
    with store.writing("benefit lock") as work:
        project = work.find(Project, "cut")
        return lock(work, project, work.find(Benefit, "api", project.id), who, today=TODAY)


def read(store: Store) -> Benefit:
    with store.reading() as view:
        return view.find(Benefit, "api", view.find(Project, "cut").id).body


def test_a_life(store: Store) -> None:
    planned(store)
    assert locked(store).body.standing == "agreed"
    recorded(store, Entry("2026-01", 90.0, "ledger"))
    assert read(store).standing == "recorded"
    # A month that nobody had signed needs no reason, and leaves the signed plan as it is.
    assert read(store).agreed is not None
    kept = locked(store).body
    assert kept.validated is not None
    assert (kept.standing, kept.validated.months) == ("validated", ("2026-01",))
    with store.reading() as view:
        project = view.find(Project, "cut")
        assert benefit_list(view, project, TODAY).total.hard.run_rate == 12 * 90
        page = benefit_page(view, project, view.find(Benefit, "api", project.id), TODAY)
        assert page.figures.cash == 90
        found = status(view, project, TODAY)
        assert found.realised == 12 * 90
        assert found.benefits is not None
        assert found.benefits.validated is True
        line = portfolio(view, TODAY).projects[0]
        assert (line.planned, line.realised, line.cash, line.validated) == (1200, 1080, 90, True)


@pytest.mark.parametrize(
    "change", [{"target": 1500.0}, {"segment": "All"}, {"nature": "soft"}, {"ramp": 3}]
)
def test_a_locked_plan_is_changed_with_a_reason_only(store: Store, change: dict[str, Any]) -> None:
    planned(store)
    locked(store)
    with pytest.raises(ConflictError) as caught:
        planned(store, **change)
    assert caught.value.code == "benefit.locked"
    changed = planned(store, "New figures", **change).body
    assert changed.agreed is None
    assert changed.revisions[-1].reason == "New figures"
    assert changed.revisions[-1].by == "ada"
    with store.reading() as view:
        assert view.operations()[-1].note == "New figures"
    assert locked(store).body.agreed is not None


def test_planning_the_same_again_changes_nothing(store: Store) -> None:
    first = planned(store)
    locked(store)
    again = planned(store)
    assert again.id == first.id
    assert again.body.agreed is not None


def test_a_signed_month_is_corrected_with_a_reason_only(store: Store) -> None:
    planned(store)
    recorded(store, Entry("2026-01", 90.0))
    locked(store)
    with pytest.raises(ConflictError) as caught:
        recorded(store, Entry("2026-01", 91.0))
    assert caught.value.code == "benefit.locked"
    recorded(store, Entry("2026-02", 5.0))
    assert read(store).validated is not None
    kept = recorded(store, Entry("2026-01", 91.0), reason="A refund").body
    assert kept.validated is None
    # What the plan said was signed for itself.
    assert kept.agreed is not None
    assert kept.revisions[-1].what.startswith("changed 2026-01.amount: 90 → 91")


def test_a_month_is_taken_back(store: Store) -> None:
    planned(store)
    recorded(store, Entry("2026-01", 90.0))
    assert recorded(store, Entry("2026-01", None)).body.actuals == {}
    with pytest.raises(ConflictError) as caught:
        recorded(store, Entry("2026-01", None))
    assert caught.value.code == "benefit.no-month"


def test_nothing_is_recorded_before_it_happened(store: Store) -> None:
    planned(store)
    with pytest.raises(UsageError) as caught:
        recorded(store, Entry("2026-01", 1.0), Entry("2026-03", 1.0))
    assert caught.value.code == "benefit.future"
    assert read(store).actuals == {}


def test_who_may_lock(store: Store) -> None:
    planned(store)
    for who, code in (("Sam", "benefit.may-not-lock"), ("Nobody", "member.not-found")):
        with pytest.raises((ConflictError, NotFoundError)) as caught:
            locked(store, who)
        assert caught.value.code == code
    locked(store)
    with pytest.raises(ConflictError) as caught:
        locked(store)
    assert caught.value.code == "benefit.is-locked"


def test_the_plan_is_frozen_by_the_approved_tollgate(store: Store) -> None:
    planned(store)
    approved = Round(by="ada", at="2026-01-31T10:00:00+00:00", state="approved")
    with store.writing("test") as work:
        project = work.find(Project, "cut")
        work.add(GateState(phase="improve", rounds=(approved,)), project.id)
    with pytest.raises(ConflictError) as caught:
        planned(store, target=1.0)
    assert caught.value.code == "benefit.frozen"
    assert "2026-01-31" in caught.value.message
    assert planned(store, "Half of it is sold", target=600.0).body.target == 600
    # Another benefit may be found later, and what came in is recorded as ever.
    assert planned(store, title="Calls").body.title == "Calls"
    recorded(store, Entry("2026-01", 1.0))
    with store.writing("benefit rm") as work:
        project = work.find(Project, "cut")
        found = work.find(Benefit, "api", project.id)
        with pytest.raises(ConflictError):
            remove(work, project, found, "")


def test_undo_and_redo(store: Store) -> None:
    planned(store)
    locked(store)
    recorded(store, Entry("2026-01", 90.0))
    with store.writing("undo") as work:
        undo(work)
    assert read(store).actuals == {}
    with store.writing("undo") as work:
        undo(work)
    assert read(store).agreed is None
    for _ in range(2):
        with store.writing("redo") as work:
            redo(work)
    assert read(store).agreed is not None
    assert list(read(store).actuals) == ["2026-01"]


def test_a_removed_one_comes_back_with_all_that_it_held(store: Store) -> None:
    planned(store)
    recorded(store, Entry("2026-01", 90.0))
    before = read(store)
    with store.writing("benefit rm") as work:
        project = work.find(Project, "cut")
        remove(work, project, work.find(Benefit, "api", project.id), "")
    with store.writing("undo") as work:
        undo(work)
    assert read(store) == before


def test_it_is_taken_elsewhere_whole(store: Store, tmp_path: Path) -> None:
    planned(store)
    recorded(store, Entry("2026-01", 90.0, "ledger"))
    locked(store)
    before = read(store)
    path = tmp_path / "project.json"
    with store.reading() as view:
        write_project(view, view.find(Project, "cut"), path)
    with store.writing("import") as work:
        import_project(work, read_project(path), "Elsewhere")
    with store.reading() as view:
        project = view.find(Project, "elsewhere")
        assert view.find(Benefit, "api", project.id).body == before


def test_it_follows_its_owners_new_name(store: Store) -> None:
    planned(store, owner="Sam")
    with store.writing("team set") as work:
        project = work.find(Project, "cut")
        change_member(work, project.id, work.find(Member, "sam", project.id), {"name": "Samira"})
    assert read(store).owner == "Samira"


def test_projects_that_claim_one_segment_are_not_added(store: Store) -> None:
    planned(store)
    recorded(store, Entry("2026-01", 90.0))
    with store.writing("test") as work:
        other = new_project(work, "Other", template="quick-win", currency="USD")
        plan(work, other, {**PLAN, "title": "Calls", "target": 800.0}, reason="", today=TODAY)
        euro = new_project(work, "Euro", template="quick-win", currency="EUR")
        plan(work, euro, {**PLAN, "title": "Calls", "target": 50.0}, reason="", today=TODAY)
    with store.reading() as view:
        found = portfolio(view, TODAY)
    money = {each.currency: each.total for each in found.benefits}
    assert money["USD"].hard.target == 1200
    assert [(each.name, each.counted_in) for each in money["USD"].overlaps] == [
        ("Calls (Other)", "API (Cut churn)")
    ]
    # Nothing is converted: another currency stands apart.
    assert money["EUR"].hard.target == 50


@pytest.mark.parametrize("phase", ["improve", "control"])
def test_a_project_begun_before_benefits_were_kept_is_judged_still(
    store: Store, phase: str
) -> None:
    """Its template asks `benefits-agreed` at both gates, as a question of then."""
    with store.writing("import") as work:
        old = import_project(work, read_project(Path(__file__).parent / "project-v1.json"))
        names = ("benefits-agreed", "benefits-realised")
        said = tuple(
            GateAnswer(criterion=each, yes=True, note="$1.5M", by="Dana Reyes", at=work.at)
            for each in names
        )
        work.add(GateState(phase="improve", answers=said), old.id)
    with store.reading() as view:
        gate = check_gate(view, old, phase, TODAY)
    found = {each.name: each for each in gate.criteria}
    if phase == "improve":
        assert found["benefits-agreed"].outcome == "pass"
        assert "$1.5M" in found["benefits-agreed"].reason
    else:
        assert found["benefits-realised"].outcome == "fail"
        assert found["benefits-realised"].command.startswith("dmaic benefit plan")
