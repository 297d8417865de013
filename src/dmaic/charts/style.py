"""What all charts share: size, fonts, colours that colour-blind readers can tell, and saving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmaic.errors import UsageError
from dmaic.output import whole_file
from dmaic.text import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito (2008), Color Universal Design: told apart with every common colour blindness.
VITAL = "#D55E00"
PLAIN = "#9DB4C6"
OTHER = "#E3E8ED"
LINE = "#0B3C5D"
INK = "#222222"
FAINT = "#666666"
GRID = "#E6E6E6"
PERIODS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E01", "#F0E442", "#000000")
"""Of series; one is a hair beside what matters, so that a report can recolour only the latter."""

SUFFIXES = (".png", ".svg", ".pdf")

_DPI = 160
_POINTS = 72
"""An inch of a picture that is made of lines."""
_MORE_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Microsoft YaHei", "Yu Gothic",
               "Malgun Gothic", "PingFang SC", "Hiragino Sans", "Arial Unicode MS")  # fmt: skip
_SETTINGS: dict[Any, Any] = {
    "font.size": 10,
    # Names from files are text; a dollar sign or a backslash in them is not a formula.
    "text.parse_math": False,
    "text.usetex": False,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.8,
    # The same picture gives the same bytes.
    "svg.hashsalt": "dmaic",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
}


_captioned: ContextVar[bool] = ContextVar("captioned", default=False)


@contextmanager
def style() -> Iterator[None]:
    """Within it figures are made and saved in the style of dmaic; nothing global stays changed."""
    import logging
    import warnings

    import matplotlib

    # Fonts are looked up in log messages and glyphs in warnings; neither helps who made the chart.
    logger = logging.getLogger("matplotlib")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with (
            matplotlib.rc_context({**_SETTINGS, "font.family": _fonts()}),
            warnings.catch_warnings(),
        ):
            warnings.filterwarnings("ignore", message=r".*[Gg]lyph.*")
            yield
    finally:
        logger.setLevel(level)


@contextmanager
def captioned() -> Iterator[None]:
    """Within it charts are drawn without headline, for a page that tells the finding beside them.

    Twice the same sentence, once in letters that are part of a picture, only takes room.
    """
    token = _captioned.set(True)
    try:
        yield
    finally:
        _captioned.reset(token)


def _fonts() -> list[str]:
    """DejaVu, which comes with matplotlib; then those at hand for scripts it does not have."""
    from matplotlib.font_manager import fontManager

    there = set(fontManager.get_font_names())
    return ["DejaVu Sans", *(name for name in _MORE_FONTS if name in there)]


def make_figure(width: float, height: float) -> Figure:
    """An empty white figure that no global state knows of.

    Args:
        width: in inches.
        height: in inches.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def save(figure: Figure, path: str | Path) -> None:
    """Save a chart, whole or not at all; the same chart gives the same bytes.

    Args:
        figure: what to save.
        path: ends in `.png`, `.svg` or `.pdf`.

    Raises:
        UsageError: `usage.chart-format`, it ends in something else.
        OutputError: the file cannot be written there.
    """
    suffix = check_suffix(path)
    metadata: dict[str, dict[str, Any]] = {
        ".png": {"Software": "dmaic"},
        ".svg": {"Date": None, "Creator": "dmaic"},
        ".pdf": {"CreationDate": None, "Creator": "dmaic", "Producer": "dmaic"},
    }
    with style(), whole_file(path) as draft, draft.open("wb") as file:
        figure.set_dpi(_DPI if suffix == ".png" else _POINTS)
        settle(figure)
        figure.savefig(file, format=suffix[1:], dpi=_DPI, metadata=metadata[suffix])


def settle(figure: Figure) -> None:
    """Lay a figure out once, so that saving does not, and the same figure gives the same bytes.

    The last digits of what the solver finds depend on where in memory things lie.

    Args:
        figure: whose axes get their places, at its resolution.
    """
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine(None)
    for axes in figure.axes:
        left, bottom, wide, high = axes.get_position(original=True).bounds
        axes.set_position((round(left, 6), round(bottom, 6), round(wide, 6), round(high, 6)))


def check_suffix(path: str | Path) -> str:
    """The ending of a chart's name, lower case; to be asked before any work is done.

    Args:
        path: where the chart shall be.

    Raises:
        UsageError: `usage.chart-format`, no chart can be saved under it.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        ends = f'ends in "{suffix}"' if suffix else "has no ending"
        raise UsageError(
            f"A chart cannot be saved under a name that {ends}.",
            "usage.chart-format",
            f"End it in {', '.join(SUFFIXES)}.",
            str(path),
        )
    return suffix


def shown(text: str, limit: int = 200) -> str:
    """Text as a chart shows it: one line, harmless.

    Args:
        text: any text.
        limit: characters at most.
    """
    return printable(text, limit)


def wrap(text: str, width: int, lines: int) -> str:
    """Text in a few short lines, the last one ending in an ellipsis if it does not do.

    Args:
        text: one line.
        width: characters a line.
        lines: lines at most.
    """
    import textwrap

    return "\n".join(
        textwrap.wrap(text, max(width, 4), max_lines=lines, placeholder="…", break_on_hyphens=True)
    )


def clean(axes: Axes) -> None:
    """Take away what carries no information: the frame's top, and tick marks."""
    axes.spines[["top"]].set_visible(False)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)


def frame(
    figure: Figure, headline: str, lines: Sequence[str], legend: Sequence[tuple[str, str]]
) -> None:
    """Headline and facts above the panels, the meaning of the colours below them.

    Args:
        figure: with its panels.
        headline: the finding, in words; left out where the chart is `captioned`.
        lines: facts, one line each.
        legend: colour and meaning.
    """
    from matplotlib.patches import Patch

    width, height = figure.get_size_inches()
    top = float(height) - 0.12
    if not _captioned.get():
        head = wrap(shown(headline, 300), int(width * 7.8), 2)
        figure.text(
            0.16 / width, top / height, head, ha="left", va="top", fontsize=14, fontweight="bold"
        )
        top -= 0.29 * (1 + head.count("\n"))
    for line in lines:
        text = wrap(shown(line, 400), int(width * 12.5), 2)
        figure.text(0.16 / width, top / height, text, ha="left", va="top", fontsize=9, color=FAINT)
        top -= 0.19 * (1 + text.count("\n"))
    bottom = 0.0
    if legend:
        longest = max(len(meaning) for _, meaning in legend)
        columns = max(1, min(len(legend), int(width / (0.55 + 0.085 * longest))))
        bottom = 0.1 + 0.2 * -(-len(legend) // columns)
        figure.legend(
            handles=[
                Patch(facecolor=color, edgecolor=FAINT if color == OTHER else color, label=meaning,
                      hatch="////" if color == OTHER else None)
                for color, meaning in legend
            ],
            loc="lower left", bbox_to_anchor=(0.16 / width, 0), ncols=columns, frameon=False,
            fontsize=9, borderaxespad=0.3, borderpad=0, handlelength=1.3, columnspacing=1.6,
        )  # fmt: skip
    rect = (0.005, bottom / height, 0.99, (top - 0.1 - bottom) / height)
    figure.set_layout_engine("constrained", rect=rect, h_pad=0.06, w_pad=0.06)
