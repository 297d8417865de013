"""What a control chart says in words: the answer, how it was made, and what to watch."""

from __future__ import annotations

from dmaic import number
from dmaic.stats.control.chance import is_chance
from dmaic.stats.control.choice import GROUPED
from dmaic.stats.control.fit import Ask
from dmaic.stats.control.part import Signal
from dmaic.stats.control.result import ControlResult
from dmaic.text import plural, printable

_FORMULAS = {
    "p": "p ± {w} √(p (1 − p) / n), p = events / size over the baseline, n the size at the point; "
    "cut at 0 and 1",
    "np": "n p ± {w} √(n p (1 − p)); cut at 0 and n",
    "c": "c ± {w} √c, c the mean count; cut at 0",
    "u": "u ± {w} √(u / n), u = events / size over the baseline, n the size at the point; cut at 0",
    "laney-p": "p ± {w} σ_i σz, σ_i = √(p (1 − p) / n_i), σz = mean moving range of z / d2, "
    "z = (p_i − p) / σ_i (Laney 2002); cut at 0 and 1",
    "laney-u": "u ± {w} σ_i σz, σ_i = √(u / n_i), σz = mean moving range of z / d2, "
    "z = (u_i − u) / σ_i (Laney 2002); cut at 0",
    "xmr": "mean ± {w} sigma, sigma = mean moving range / d2, ranges of 2 points in a row; moving "
    "ranges: upper limit D4 x mean",
    "xbar-r": "grand mean ± {w} sigma / √n, sigma = mean of range / d2(n); ranges: D3, D4 x mean",
    "xbar-s": "grand mean ± {w} sigma / √n, sigma = mean of s / c4(n); s: B3, B4 x mean",
    "ewma": "centre ± {w} sigma √(λ / (2 − λ)), sigma = mean moving range / d2; plotted is "
    "λ x + (1 − λ) x the point before, from the centre on",
    "cusum": "upper sum max(0, before + x − reference − k), lower sum max(0, before + reference − "
    "k − x); signal above h; plotted is the larger sum, the lower one as negative",
    "g": "g ± {w} √(g (g + 1)), g the mean count without event between two events (Benneyan 2001); "
    "cut at 0",
    "t": "y ± {w} x mean moving range of y / d2, y = time^(1/3.6) (Nelson 1994), taken back to "
    "time",
}


def method(result: ControlResult, ask: Ask) -> dict[str, str]:
    """Each formula and convention, by what it makes.

    Args:
        result: the chart.
        ask: what its limits were made with.
    """
    told = {"limits": _FORMULAS[result.chart].format(w=f"{ask.width:g}")}
    if result.chart == "ewma":
        told["limits"] += (
            "; these are the limits it tends to (asymptotic)"
            if ask.asymptotic
            else "; exact at each point: times √(1 − (1 − λ)^(2i))"
        )
    if ask.center is not None:
        told["center"] = "given as a standard, not made of the points"
    if ask.sigma is not None:
        told["sigma"] = "given, not made of the points"
    if ask.screen and result.chart in ("xmr", "ewma", "cusum"):
        told["screening"] = (
            "moving ranges above D4 x their mean are left out of it, once (Nelson 1982)"
        )
    if result.constants:
        listed = ", ".join(f"{name} {figure:.6g}" for name, figure in result.constants.items())
        source = "integrated" if result.constants_from == "exact" else "of the printed tables"
        told["constants"] = f"{source}: {listed}"
    told["rules"] = " ".join(result.conventions)
    if result.overdispersion is not None:
        told["overdispersion"] = (
            "squared steps of z from point to point against those that chance alone makes "
            "(scaled chi-square), so that one change of level is not taken for it"
        )
    if result.false_alarm is not None:
        alarm = result.false_alarm
        how = (
            "exact" if alarm.method == "exact" else f"{alarm.draws:,} series drawn, the same each"
            f" time; standard error {alarm.error:.4f}"
        )  # fmt: skip
        where = ", means and their spread" if result.chart in GROUPED else ""
        told["false_alarm"] = (
            f"{alarm.model} without special causes{where}, limits taken as known; {how}"
        )
    return told


def assumptions(result: ControlResult, ask: Ask) -> tuple[str, ...]:
    """What was taken as given.

    Args:
        result: the chart.
        ask: what its limits were made with.
    """
    told = ["Points stand in the order of time and do not depend on each other."]
    if result.chart in ("p", "np"):
        told.append("Within a point all have the same chance of the event.")
    if result.chart in ("c", "u"):
        told.append("Events happen one by one, independently, in proportion to the size.")
    if result.chart in ("xmr", "ewma", "cusum", "xbar-r", "xbar-s") and ask.sigma is None:
        told.append("What varies from point to point is chance; sigma is made of it.")
    if any(point.excluded for point in result.points):
        told.append("Points left out by name stay on the chart; they make no limits and no signal.")
    return tuple(told)


def figure(result: ControlResult, value: float | None) -> str:
    """A figure of the chart as it is told: shares as per cent, money as money.

    Args:
        result: the chart.
        value: the figure.
    """
    if value is None:
        return number.DASH
    if is_share(result):
        return f"{number.percent(value)} %"
    if len(result.unit) == 3 and result.unit.isupper() and result.data == "measure":
        return number.money(value, result.unit)
    return number.amount(value, places=_places(result))


def is_share(result: ControlResult) -> bool:
    """Whether the plotted figures are shares of one.

    Args:
        result: the chart.
    """
    return result.data == "defectives" and result.chart != "np"


def _places(result: ControlResult) -> int:
    """Decimals that tell points and limits apart."""
    if result.chart in ("c", "np", "g", "t"):
        return 1 if result.chart == "g" or result.center >= 100 else 2
    known = None if result.chart == "cusum" else result.upper
    half = None if known is None else abs(known - result.center)
    spread = half or abs(result.sigma or 0.0) or abs(result.center)
    places = 0
    while places < 6 and spread and spread * 10**places < 100:
        places += 1
    return places


def headline(result: ControlResult) -> str:
    """The answer in one sentence.

    Args:
        result: the chart.
    """
    name = printable(result.name, 60)
    name = name[:1].upper() + name[1:]
    many = plural(len(result.points), result.period)
    if result.stable:
        level = figure(result, result.center)
        if result.chart == "cusum":
            return f"{name} keeps to {level}: no special cause in {many}."
        per = f" a {result.period}" if is_share(result) and result.period != "point" else ""
        since = ""
        if len(result.stages) > 1:
            before, now = result.stages[-2:]
            since = (
                f" since {printable(now.first, 30)} ({figure(result, before.center)} in the stage "
                "before)"
            )
        if not result.sigma:
            return f"{name} is {level} at all of {many}: nothing varies, so nothing can be judged."
        if result.trial:
            return (
                f"{name} shows no special cause in {many}, at {level}{per}{since}; so few points "
                "show great ones only."
            )
        return f"{name} is stable at {level}{per}{since}: no special cause in {many}."
    if is_chance(len(result.signals), result.false_alarm) and result.false_alarm is not None:
        return (
            f"{name} shows {plural(len(result.signals), 'signal')} in {many}, and chance alone "
            f"makes about {result.false_alarm.expected:.0f}: nothing tells that it is not stable."
        )
    if len(result.signals) == 1:
        (only,) = result.signals
        way = {True: " for the better", False: " for the worse", None: ""}[only.better]
        told = f"in {many} a special cause{way}, {when(only)}"
        return f"{name} is not stable: {told}.{_since(result)}"
    causes = plural(len(result.signals), "special cause")
    worse = sum(signal.better is False for signal in result.signals)
    better = sum(signal.better is True for signal in result.signals)
    parts = [f"{worse} for the worse"] if worse else []
    parts += [f"{better} for the better"] if better else []
    told = f" ({', '.join(parts)})" if parts else ""
    last = result.signals[-1]
    return f"{name} is not stable: {causes} in {many}{told}, the last {when(last)}.{_since(result)}"


def _since(result: ControlResult) -> str:
    """That the last stage has no special cause, and its level."""
    if len(result.stages) < 2:
        return ""
    now = result.stages[-1]
    begins = len(result.points) - now.points
    if any(signal.last > begins for signal in result.signals):
        return ""
    level = figure(result, now.center)
    per = f" a {result.period}" if is_share(result) and result.period != "point" else ""
    return f" Since {printable(now.first, 30)} it is at {level}{per}, without one."


def when(signal: Signal) -> str:
    """The points of a signal, in words.

    Args:
        signal: the special cause.
    """
    first, last = signal.labels[0], signal.labels[-1]
    if len(signal.labels) == 1:
        return f"at {printable(first, 40)}"
    return f"from {printable(first, 40)} to {printable(last, 40)}"
