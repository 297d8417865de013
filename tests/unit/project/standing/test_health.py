"""Red, amber, green: each rule at its limit and just beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dmaic.project.engagement.project import Project, TemplateMark
from dmaic.project.plan.action import Action
from dmaic.project.plan.logbook import Issue, Risk
from dmaic.project.standing.health import LIMITS, Facts, health, rules

TODAY = date(2026, 11, 21)
MARK = TemplateMark(name="mini", version="1.0.0", hash="0" * 64)


def project(**more: Any) -> Project:
    return Project(name="Cut churn", template=MARK, **more)


def late(days: int, **more: Any) -> Action:
    due = TODAY - timedelta(days=days)
    return Action.model_validate(
        {"title": "x", "owner": "Sam", "due": due, "first_due": due, **more}
    )


def done(days_late: int) -> Action:
    first = TODAY - timedelta(days=10)
    return late(10, state="done", done_on=first + timedelta(days=days_late))


def risk(probability: int, impact: int, **more: Any) -> Risk:
    return Risk(title="x", on=TODAY, probability=probability, impact=impact, **more)


def issue(severity: int, **more: Any) -> Issue:
    return Issue(title="x", on=TODAY, severity=severity, **more)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("facts", "color"),
    [
        (Facts(project()), "green"),
        (Facts(project(target_date=day(15))), "green"),
        (Facts(project(target_date=day(14))), "amber"),
        (Facts(project(target_date=day(0))), "amber"),
        (Facts(project(target_date=day(-1))), "red"),
        (Facts(project(target_date=day(-1)), finished=True), "green"),
        (Facts(project(target_date=day(-1), state="closed")), "green"),
        (Facts(project(), [late(0)]), "green"),
        (Facts(project(), [late(1)]), "amber"),
        (Facts(project(), [late(14)]), "amber"),
        (Facts(project(), [late(15)]), "red"),
        (Facts(project(), [late(1)] * 2), "amber"),
        (Facts(project(), [late(1)] * 3), "red"),
        (Facts(project(), sent_back="Analyze"), "red"),
        (Facts(project(), [done(0)] * 4 + [done(1)]), "green"),
        (Facts(project(), [done(0)] * 3 + [done(1)] * 2), "amber"),
        (Facts(project(), [done(0)] * 3 + [done(1)] * 3), "amber"),
        (Facts(project(), [done(0)] * 2 + [done(1)] * 3), "red"),
        (Facts(project(), [done(1)] * 4), "green"),
        (Facts(project(), concerns=[risk(3, 5)]), "amber"),
        (Facts(project(), concerns=[risk(2, 5)]), "green"),
        (Facts(project(), concerns=[risk(5, 5, state="closed")]), "green"),
        (Facts(project(), concerns=[issue(3)]), "green"),
        (Facts(project(), concerns=[issue(4)]), "amber"),
        (Facts(project(), concerns=[issue(5)]), "red"),
    ],
)
def test_each_rule_at_its_limit(facts: Facts, color: str) -> None:
    assert health(facts, {}, TODAY).color == color


def test_the_reason_is_the_rule_that_made_the_colour() -> None:
    facts = Facts(project(target_date=day(-1)), [late(1)])
    assert health(facts, {}, TODAY).reasons == ("The target date 2026-11-20 has passed.",)


def test_a_template_sets_other_limits_and_the_rules_say_so() -> None:
    said = {"overdue_red": 1.0, "late_days_red": 30.0}
    assert health(Facts(project(), [late(1)]), said, TODAY).color == "red"
    assert health(Facts(project(), [late(20)]), {"late_days_red": 30.0}, TODAY).color == "amber"
    assert "by more than 30 days" in rules(said)[0]


def test_every_limit_stands_in_the_rules() -> None:
    # Each limit is given a figure that occurs nowhere else; percentages are shown times 100.
    odd = {name: 61.0 + number for number, name in enumerate(LIMITS)}
    odd |= {"promises_red": 0.41, "promises_amber": 0.43}
    told = " ".join(rules(odd))
    for name, figure in odd.items():
        shown = f"{100 * figure:g}" if name in ("promises_red", "promises_amber") else f"{figure:g}"
        assert shown in told, name


def test_of_one_action_it_is_told_how_late_it_is_of_several_how_late_the_latest() -> None:
    one = health(Facts(project(), [late(12)]), {}, TODAY).reasons
    assert one == ("1 action overdue, by 12 days.",)
    both = health(Facts(project(), [late(3), late(12)]), {}, TODAY).reasons
    assert both == ("2 actions overdue, by up to 12 days.",)
