"""The journey of the worked case: an estimator from the first look to the renewal."""

from __future__ import annotations

from typing import Any

EXAMPLE: dict[str, Any] = {
    "customer": "Estimator at a small auto body shop",
    "goal": "Estimates out the same day, with photos, without typing twice",
    "reach_unit": "% of customers",
    "steps": [
        {
            "id": "J1", "step": "See the offer and try it", "function": "Marketing",
            "practical": "See whether it fits the work of a body shop.",
            "emotional": "To feel meant.", "hand_off": "Lead with name and e-mail only.",
            "stage": "early days", "status": 0, "certainty": 1, "autonomy": 1,
            "relatedness": 0, "fairness": 1, "satisfaction": 7,
            "hurts": "All examples are about holiday photos.", "pain": 2, "reach": 100,
        },
        {
            "id": "J2", "step": "Sign up", "function": "Sales",
            "practical": "Be working in ten minutes.", "emotional": "To be seen as a professional.",
            "hand_off": "None: nobody asks for the trade, so nobody knows it later.",
            "stage": "early days", "status": -1, "certainty": 1, "autonomy": 1,
            "fairness": 1, "satisfaction": 7,
            "hurts": "They never asked what I do.", "pain": 3, "reach": 100,
        },
        {
            "id": "J3", "step": "First week alone", "function": "", "moment": "connection",
            "practical": "Learn what the app can do for an estimate.",
            "emotional": "Not to be left alone.", "stage": "early days", "status": -1,
            "certainty": -1, "autonomy": -1, "relatedness": -2, "fairness": 0,
            "satisfaction": 4, "hurts": "Nobody ever showed me what it can do.", "pain": 7,
            "reach": 90,
        },
        {
            "id": "J4", "step": "First estimate with photos", "function": "Development",
            "moment": "proof", "practical": "Photos and data in the quoting system.",
            "emotional": "That it keeps what was promised.",
            "hand_off": "Questions go to Support by e-mail.",
            "stage": "early days", "status": 0, "certainty": -1, "autonomy": -2,
            "relatedness": 0, "fairness": -1, "satisfaction": 4,
            "hurts": "I type every photo's data a second time.", "pain": 8, "reach": 95,
        },
        {
            "id": "J5", "step": "Ask for help", "function": "Support", "moment": "truth",
            "practical": "An answer while the car is still in the shop.",
            "emotional": "To be taken seriously.",
            "hand_off": "Answers are not shared with Customer Success.",
            "stage": "first disagreement", "status": -2, "certainty": -2, "autonomy": -1,
            "relatedness": -1, "fairness": -2, "satisfaction": 2,
            "hurts": "Two days for an answer, first come, first served.", "pain": 9, "reach": 45,
        },
        {
            "id": "J6", "step": "First invoice", "function": "Accounting",
            "practical": "Understand what is paid for.", "emotional": "To be treated fairly.",
            "hand_off": "None: Customer Success does not see open questions on invoices.",
            "stage": "first disagreement", "certainty": 1, "fairness": 0, "satisfaction": 6,
            "hurts": "Seats I did not know of.", "pain": 3, "reach": 80,
        },
        {
            "id": "J7", "step": "Learn a trick that saves an hour",
            "function": "Customer Success", "moment": "power",
            "practical": "Use more of the app.", "emotional": "To be good at it.",
            "hand_off": "A note in the customer's record before the renewal.",
            "stage": "long term", "status": 1, "certainty": 1, "autonomy": 2,
            "relatedness": 1, "satisfaction": 8, "hurts": "I found it by accident.", "pain": 2,
            "reach": 15,
        },
        {
            "id": "J8", "step": "Renew or leave", "function": "Sales",
            "practical": "Know what next year brings.",
            "emotional": "That long-standing customers count.",
            "stage": "long term", "status": -1, "certainty": 0, "autonomy": 1,
            "relatedness": -1, "fairness": -1, "satisfaction": 5,
            "hurts": "New customers get the better price.", "pain": 5, "reach": 60,
        },
    ],
}  # fmt: skip
"""Filled as after the calls to lost customers; scores that nobody gave are not there."""
