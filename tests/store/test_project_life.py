"""A project's life on SQLite and on PostgreSQL: begun, staffed, judged, closed, followed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dmaic.documents.define.charter import Charter
from dmaic.errors import ConflictError, NotFoundError, UsageError
from dmaic.project.engagement.close import close, remove
from dmaic.project.engagement.project import Engagement, Project
from dmaic.project.engagement.project_reply import project_reply
from dmaic.project.engagement.start import new_project, next_cycle
from dmaic.project.entity import ENGAGEMENT
from dmaic.project.paper.paper import read_paper, write_paper
from dmaic.project.people.team import Member
from dmaic.project.people.team_change import change_member, remove_member
from dmaic.project.plan.action import Action
from dmaic.project.plan.action_change import drop, finish, move
from dmaic.project.plan.action_reply import Wanted, action_list
from dmaic.project.plan.logbook import Risk
from dmaic.project.plan.logbook_change import note
from dmaic.project.standing.portfolio import portfolio
from dmaic.project.standing.status import status
from dmaic.project.store.store import Store

MINI = str(Path(__file__).parents[1] / "cli" / "mini")
TODAY = date(2026, 11, 21)
DUE = date(2026, 12, 5)


@pytest.fixture
def store(store_place: str) -> Store:
    store = Store(store_place, "ada")
    store.create(lambda work: work.add(Engagement(name="Acme"), ENGAGEMENT, id=ENGAGEMENT))
    with store.writing("project new") as work:
        new_project(work, "Cut churn", template=MINI, group="Estimators", start=date(2026, 1, 5))
    return store


def test_a_project_lives_the_same_on_every_database(store: Store) -> None:
    with store.writing("team add") as work:
        project = work.find(Project, "cut")
        dana = work.add(Member(name="Dana", function="Finance"), project.id)
        work.add(Member(name="Sam"), project.id)
        state = read_paper(work, project.id, "charter")
        charter = Charter(metric="churn", baseline=2.2, target=1.1, annual_cost=5e6)
        write_paper(work, project.id, state, charter)
        fields = {"title": "Slips", "on": TODAY, "probability": 3, "impact": 5, "owner": "da"}
        note(work, project.id, Risk, fields)
        for title in ("Call", "Train", "Write"):
            work.add(Action(title=title, owner="Dana", due=DUE, first_due=DUE), project.id)
    with store.writing("action done") as work:
        finish(work, work.find(Action, "call"), TODAY, TODAY)
        move(work, work.find(Action, "train"), date(2026, 12, 24), "ill", TODAY)
        drop(work, work.find(Action, "write"), "not needed", TODAY)
        change_member(work, project.id, dana, {"name": "Dana Reyes"})
    with store.reading() as view:
        found = action_list(view, project, Wanted(owner="dana r"), date(2026, 12, 6))
        assert [each.title for each in found.actions] == ["Train", "Call", "Write"]
        # Call was kept; Train was promised for the 5th, which is over; Write was taken back.
        assert (found.promises.project.kept, found.promises.project.due) == (1, 2)
        shown = status(view, project, TODAY)
        assert shown.health.color == "amber"
        assert shown.goal is not None
        assert shown.goal.planned == pytest.approx(2_500_000)
        assert portfolio(view, TODAY).projects[0].name == "Cut churn"
        assert project_reply(view, project).counts["action"] == 3


def test_a_second_project_of_the_name_is_refused_in_any_case(store: Store) -> None:
    with pytest.raises(ConflictError, match="already"), store.writing("project new") as work:
        new_project(work, "CUT CHURN", template=MINI)


def test_a_project_that_would_end_before_it_begins_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="before the start"), store.writing("project new") as work:
        new_project(work, "x", template=MINI, start=DUE, target_date=TODAY)


def test_an_owner_of_open_actions_stays(store: Store) -> None:
    with store.writing("team add") as work:
        project = work.find(Project, "cut")
        dana = work.add(Member(name="Dana"), project.id)
        work.add(Action(title="Call", owner="Dana", due=DUE, first_due=DUE), project.id)
    with pytest.raises(ConflictError, match="still owns"), store.writing("team rm") as work:
        remove_member(work, project.id, dana)


def test_the_next_cycle_and_its_removal_keep_both_ends_of_the_link(store: Store) -> None:
    with store.writing("project next-cycle") as work:
        begun = next_cycle(work, work.find(Project, "cut"), group="Realtors")
    with store.reading() as view:
        old = view.find(Project, "cut churn")
        assert old.body.following == begun.project.id
        assert begun.project.body.previous == old.id
        assert begun.project.body.template == old.body.template
    with store.writing("project rm") as work:
        remove(work, work.find(Project, begun.project.id))
    with store.reading() as view:
        assert view.find(Project, "cut churn").body.following is None
        with pytest.raises(NotFoundError):
            view.find(Project, begun.project.id)


def test_closing_before_the_last_gate_needs_a_reason(store: Store) -> None:
    with store.writing("project close") as work:
        project = work.find(Project, "cut")
        with pytest.raises(ConflictError, match="Define tollgate"):
            close(work, project, "")
        assert close(work, project, "sold").body.state == "closed"


def test_two_people_moving_one_action_cannot_overwrite_each_other(store: Store) -> None:
    with store.writing("action add") as work:
        project = work.find(Project, "cut")
        read = work.add(Action(title="Call", owner="Sam", due=DUE, first_due=DUE), project.id)
    with store.writing("action move") as work:
        move(work, read, date(2026, 12, 24), "ill", TODAY)
    with pytest.raises(ConflictError, match="changed by ada"), store.writing("drop") as work:
        drop(work, read, "no use", TODAY)
