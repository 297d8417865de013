"""The worked case in figures: what `generate.py` sets, before anything is drawn.

Counts per segment are chosen so that the churn rates, shares and losses of the case come out; see
README.md for each figure. `SEED` is one of those whose monthly ups and downs leave the base, and
so the rates, where the case has them.
"""

from __future__ import annotations

from dataclasses import dataclass

SEED = 198
BEFORE, AFTER = 2024, 2025
FIRST_MONTH = (2019, 7)
QUESTION_MONTH = 10
"""The sign-up question "What do you do?" is asked from this month of `BEFORE` on."""

ESTIMATORS = "Auto body estimators"
BLANK = ""
LOST_A_MONTH = {BEFORE: (193_090, 416_667), AFTER: (34_756, 258_333)}
"""MRR lost in the year in dollars, estimators and all: a twelfth of $2.317M and $5.0M (before),
of $0.417M and $3.1M (after)."""
WON_BACK_A_MONTH = 18_333
"""MRR of the returning estimators in dollars: a twelfth of $220K."""

PRICE = {"Starter": 19, "Pro": 29, "Business": 39}
"""Dollars a seat and month."""
REGIONS = {"South": 36, "Midwest": 22, "West": 21, "Northeast": 15, "Canada": 6}


@dataclass(frozen=True)
class Segment:
    """What is set for a segment.

    Attributes:
        name: as the export shows it.
        start: customers active when the year `BEFORE` begins.
        new: sign-ups in `BEFORE` and in `AFTER`.
        churned: churned customers in `BEFORE` and in `AFTER`.
        plans: weights of the plans, in the order of `PRICE`.
        seats: how far the number of seats spreads; the mean is about a quarter of it.
    """

    name: str
    start: int
    new: tuple[int, int]
    churned: tuple[int, int]
    plans: tuple[int, int, int]
    seats: int


SEGMENTS = (
    Segment(ESTIMATORS, 3800, (1166, 1323), (1979, 356), (3, 5, 2), 12),
    Segment("Real estate agents", 2676, (740, 780), (729, 734), (4, 5, 1), 12),
    Segment(BLANK, 2280, (430, 34), (483, 437), (4, 4, 2), 12),
    Segment("Roofing contractors", 1457, (216, 280), (203, 208), (2, 5, 3), 13),
    Segment("Insurance adjusters", 1561, (204, 250), (177, 182), (1, 4, 5), 13),
    Segment("Property managers", 1435, (148, 193), (131, 134), (2, 4, 4), 18),
    Segment("Home inspectors", 1144, (113, 160), (112, 114), (3, 5, 2), 11),
    Segment("Landscapers", 775, (116, 155), (115, 117), (4, 5, 1), 9),
    Segment("Field service", 898, (105, 120), (93, 95), (1, 4, 5), 20),
    Segment("Hobby photographers", 299, (141, 157), (129, 136), (8, 2, 0), 2),
    Segment("Students", 161, (135, 161), (119, 134), (9, 1, 0), 1),
)

# Weight of churning by months since sign-up: (up to this month, estimators, everybody else).
HAZARD = ((3, 12, 6), (6, 6, 4), (12, 4, 3), (999, 3, 2))

REASONS = {
    ("Expectations unmet", "Photos re-typed into the quoting system"): (30, 2),
    ("Expectations unmet", "Missing feature"): (8, 12),
    ("Expectations unmet", "Not worth the price"): (6, 14),
    ("Expectations unmet", "Uploads slow or failing"): (4, 8),
    ("No personal attachment", "No help getting started"): (18, 10),
    ("No personal attachment", "Support took days to answer"): (16, 11),
    ("No personal attachment", "Nobody knew our trade"): (7, 6),
    ("Easy to switch", "Another app made an offer"): (5, 10),
    ("Easy to switch", "The phone's camera is enough"): (3, 15),
    ("Easy to switch", "Nothing kept us"): (3, 12),
}
"""Reason group and reason -> weight for estimators, for everybody else."""
CODERS = {"Kim": 4, "Robin": 12}
"""Who sorts the answers of the exit survey under reason groups -> slips in a hundred."""
CODED = 60
"""Answers that both of them sort."""
UNCLEAR = {
    "Not worth the price": ("Easy to switch", 55),
    "Nobody knew our trade": ("Expectations unmet", 40),
}
"""Reason -> group that the second coder takes it for, and how often in a hundred."""
TIMERS = {"Kim": (0, 8), "Robin": (6, 14), "Sasha": (-2, 8)}
"""Who times recorded support calls -> tenths of a minute too many, spread of the slips."""
CALLS = (31, 44, 58, 72, 86, 97, 113, 136, 158, 190)
"""Length of the calls in tenths of a minute."""
RATINGS = {"very bad": 26, "bad": 32, "fair": 24, "good": 13, "very good": 5}
TOPICS = {
    "Getting photos into another system": (34, 6),
    "Getting started": (24, 16),
    "Uploads": (14, 26),
    "Annotation": (10, 22),
    "Billing": (10, 17),
    "Log-in": (8, 13),
}
"""Topic -> weight for estimators, for everybody else."""
PRIORITIES = {"low": 20, "normal": 55, "high": 20, "urgent": 5}
