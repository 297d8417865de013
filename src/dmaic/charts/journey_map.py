"""The journey map drawn: the emotional curve over the steps, pain × reach, functions and stages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmaic.charts import strip, style
from dmaic.documents.measure import journey
from dmaic.documents.measure.journey_map import JourneyMap, JourneyStep
from dmaic.documents.name import folded, told

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STEPS = 30
"""More steps than these are not drawn; the chart says so."""

_STEP = 1.45
"""Width of a step in inches."""
_TOP = 2.9


def draw(reply: Any) -> Figure:  # noqa: ANN401  charts lie below the replies of a project
    """The chart of a journey map.

    Args:
        reply: its `body` holds the fields of the document.
    """
    document = JourneyMap.model_validate(reply.body)
    with style.style():
        return _draw(document)


def _draw(document: JourneyMap) -> Figure:
    steps = document.steps[:STEPS]
    width = max(9.5, 1.6 + _STEP * len(steps))
    letters = int((width - 1.6) / max(len(steps), 1) / 0.078)
    names = [style.wrap(style.shown(f"{step.id} {step.step}"), letters, 5) for step in steps]
    tallest = max((name.count("\n") + 1 for name in names), default=1)
    ranked = journey.ranking(document)
    figure = style.make_figure(width, 6.0 + 0.16 * tallest + (1.1 if ranked else 0))
    long = any(len(step.function) > letters - 2 for step in steps)
    ratios = [3.4, *([1.1] if ranked else []), 1.0 if long else 0.72]
    panels = figure.subplots(
        len(ratios), 1, squeeze=False, sharex=True, gridspec_kw={"height_ratios": ratios}
    )
    axes = list(panels.flat)
    _curve(axes[0], steps, {step.id for step, _ in journey.weakest(document)})
    axes[0].set_xticks(range(len(steps)), names, fontsize=8.5)
    axes[0].tick_params(labelbottom=True)
    if ranked:
        _pains(axes[1], steps, {step.id for step, _ in ranked[: journey.WEAKEST]})
    _strips(axes[-1], steps, letters)
    style.frame(figure, headline(document), _facts(document, len(steps)), _legend(document))
    return figure


def headline(document: JourneyMap) -> str:
    """The finding in one sentence.

    Args:
        document: may be half filled.
    """
    low = journey.weakest(document)
    if not low:
        return f"Journey of {document.customer or 'the customer'}"
    step, value = low[0]
    whose = (
        f"in the hands of {style.shown(step.function, 40)}" if step.function else "owned by nobody"
    )
    return f"“{style.shown(step.step, 80)}” feels worst ({_score(value)}), {whose}"


def _facts(document: JourneyMap, drawn: int) -> list[str]:
    if not drawn:
        return ["No step yet."]
    facts = [
        f"{document.customer or 'Customer'}. Curve: mean of the SCARF scores given for a step "
        "(status, certainty, autonomy, relatedness, fairness), −2 to +2."
    ]
    left, nobody = journey.uncovered(document), journey.unowned(document)
    parts = [f"{len(journey.hand_offs(document))} hand-offs between functions"]
    if nobody:
        parts.append(f"owned by nobody: {told([step.id for step in nobody])}")
    if left:
        parts.append(f"critical moments not covered: {told(left)}")
    facts.append("; ".join(parts) + ".")
    if drawn < len(document.steps):
        facts.append(f"Drawn are the first {drawn} of {len(document.steps)} steps.")
    return facts


def _curve(axes: Axes, steps: Sequence[JourneyStep], weak: set[str]) -> None:
    values = [journey.emotion(step) for step in steps]
    axes.set_ylim(-2.35, _TOP)
    axes.set_xlim(-0.6, max(len(steps), 1) - 0.4)
    axes.axhspan(0, 2, color="#EAF3EE", zorder=0)
    axes.axhspan(-2, 0, color="#FBEEE6", zorder=0)
    axes.axhline(0, color=style.FAINT, linewidth=0.8, zorder=1)
    for start, run in _runs(values):
        xs = range(start, start + len(run))
        axes.fill_between(xs, run, 0, color=style.PLAIN, alpha=0.28, linewidth=0, zorder=2)
        axes.plot(xs, run, color=style.LINE, linewidth=2.2, zorder=3, solid_joinstyle="round")
    for x, (step, value) in enumerate(zip(steps, values, strict=True)):
        _moment(axes, x, step, value)
        if value is None:
            axes.annotate("no score", (x, 0), ha="center", va="center", fontsize=8,
                          color=style.FAINT, fontstyle="italic", zorder=4,
                          bbox={"boxstyle": "round,pad=0.25", "facecolor": "white",
                                "edgecolor": style.FAINT, "linewidth": 0.6})  # fmt: skip
            continue
        color = style.VITAL if step.id in weak else style.LINE
        axes.plot([x], [value], "o", color=color, markersize=9, markeredgecolor="white",
                  markeredgewidth=1.4, zorder=5)  # fmt: skip
        below = value < 0
        axes.annotate(_score(value), (x, value), (0, -9 if below else 9),
                      textcoords="offset points", ha="center", va="top" if below else "bottom",
                      fontsize=9, fontweight="bold", color=color, zorder=6)  # fmt: skip
    axes.set_yticks([-2, -1, 0, 1, 2], ["−2", "−1", "0", "+1", "+2"])
    axes.set_ylabel("how it feels", y=(0 + 2.35) / (_TOP + 2.35))
    style.clean(axes)
    axes.spines[["right", "bottom", "left"]].set_visible(False)


def _moment(axes: Axes, x: int, step: JourneyStep, value: float | None) -> None:
    """The name of a critical moment above its step, joined to the point by a thin line."""
    if not step.moment:
        return
    # Above a point its figure stands; the line begins over it.
    foot = 0.2 if value is None else value if value < 0 else value + 0.42
    axes.plot([x, x], [min(foot, 2.42), 2.42], color=style.FAINT,
              linewidth=0.8, linestyle=(0, (2, 2)), zorder=2)  # fmt: skip
    axes.annotate(step.moment.capitalize(), (x, 2.58), ha="center", va="center", fontsize=8.5,
                  color="white", fontweight="bold", zorder=6,
                  bbox={"boxstyle": "round,pad=0.35", "facecolor": style.LINE,
                        "edgecolor": "none"})  # fmt: skip


def _pains(axes: Axes, steps: Sequence[JourneyStep], first: set[str]) -> None:
    sizes = [
        step.pain * step.reach if step.pain is not None and step.reach is not None else None
        for step in steps
    ]
    most = max((size for size in sizes if size is not None), default=0) or 1
    for x, (step, size) in enumerate(zip(steps, sizes, strict=True)):
        if size is None:
            axes.annotate("?", (x, 0), (0, 3), textcoords="offset points", ha="center",
                          va="bottom", fontsize=8.5, color=style.FAINT)  # fmt: skip
            continue
        strong = step.id in first
        axes.bar(x, size, 0.5, color=style.VITAL if strong else style.PLAIN, linewidth=0)
        axes.annotate(
            f"{size:,.4g}", (x, size), (0, 2), textcoords="offset points", ha="center",
            va="bottom", fontsize=8.5, fontweight="bold" if strong else "normal",
        )  # fmt: skip
    axes.set_ylim(0, 1.35 * most)
    axes.set_yticks([])
    axes.set_ylabel("pain ×\nreach", rotation=0, ha="right", va="center")
    style.clean(axes)
    axes.spines[["right", "left"]].set_visible(False)


def _strips(axes: Axes, steps: Sequence[JourneyStep], letters: int) -> None:
    functions = [step.function for step in steps]
    colors = strip.colors(functions)
    axes.set_ylim(0, 2)
    strip.draw_strip(
        axes, [each or "nobody" for each in functions], row=1, letters=letters,
        faces=[colors.get(folded(each), "") for each in functions],
    )  # fmt: skip
    strip.draw_strip(axes, [step.stage for step in steps], row=0, letters=letters,
                     faces=[style.OTHER if step.stage else "" for step in steps])  # fmt: skip
    axes.set_yticks([0.5, 1.5], ["stage", "function"])
    axes.tick_params(length=0, labelbottom=False)
    axes.spines[:].set_visible(False)


def _legend(document: JourneyMap) -> list[tuple[str, str]]:
    weak, ranked = journey.weakest(document), journey.ranking(document)
    entries = []
    if weak or ranked:
        entries.append((style.VITAL, f"the {journey.WEAKEST} weakest, and those to mend first"))
    if document.steps:
        entries.append((style.LINE, "curve and critical moments"))
    return entries


def _runs(values: Sequence[float | None]) -> list[tuple[int, list[float]]]:
    """Stretches of the curve without a missing score: where each begins, and its points."""
    runs: list[tuple[int, list[float]]] = []
    fresh = True
    for place, value in enumerate(values):
        if value is None:
            fresh = True
        elif fresh:
            runs.append((place, [value]))
            fresh = False
        else:
            runs[-1][1].append(value)
    return runs


def _score(value: float) -> str:
    return journey.signed(value, 1).replace("-", "−")
