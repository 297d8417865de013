"""What goes with churn, in words."""

from __future__ import annotations

from dmaic import number
from dmaic.stats.drivers.contrast import Contrast
from dmaic.stats.drivers.result import DriversResult
from dmaic.stats.drivers.term import Rank, Term
from dmaic.text import plural, printable

LEVEL = 0.05

CAUTION = (
    "This is association, not cause: customers were not assigned to their plan or their use, and "
    "something that is not in the file may drive both. Use it to choose what to test, then test it "
    "on a part of the customers."
)


def headline(result: DriversResult, *, brief: bool = False) -> str:
    """The answer, in a sponsor's words.

    Args:
        result: what was found.
        brief: in one line or two.
    """
    clear = [each for each in result.ranking if each.p_adjusted < LEVEL]
    if not clear:
        return _nothing(result, brief=brief)
    text = _leading(result, clear[0], brief=brief)
    if len(clear) > 1 and not brief:
        names = [f'"{printable(each.name, 40)}"' for each in clear[1:4]]
        more = len(clear) - 4
        joined = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
        text += f" Then {'comes' if len(names) == 1 else 'come'} {joined}"
        text += f" ({more} more {'is' if more == 1 else 'are'} clear)." if more > 0 else "."
    return text


def _nothing(result: DriversResult, *, brief: bool) -> str:
    sizes = [each.standard_error for each in result.terms]
    least = min((2.8 * each.standard_error * abs(each.standardised / each.coefficient)
                 for each in result.terms if each.coefficient), default=None)  # fmt: skip
    text = (
        f"Nothing looked at clearly goes with churn in these {plural(result.rows, 'row')} "
        f"({result.lost:,} lost)."
    )
    if least is not None and sizes and not brief:
        from math import exp

        text += (
            " That is no proof that nothing does: with so many lost, a difference of one standard "
            f"deviation would have to change the {_odds(result)} by a factor of about "
            f"{exp(min(least, 20)):.1f} to be seen four times in five."
        )
    return text


def _odds(result: DriversResult) -> str:
    return "hazard" if result.model == "cox" else "odds of leaving"


def _leading(result: DriversResult, rank: Rank, *, brief: bool) -> str:
    own = [each for each in result.terms if each.variable == rank.name]
    shape = next((each for each in result.shapes if each.name == rank.name), None)
    name = f'"{printable(rank.name, 60)}"'
    if shape is not None and shape.shape == "turns" and shape.turn is not None:
        return (
            f"{name} goes with churn most, and not in one direction: churn is {shape.direction} at "
            f"about {shape.turn:.4g} and {'higher' if shape.direction == 'lowest' else 'lower'} on "
            "both sides of it."
        )
    if rank.most is not None:
        return f"{name} goes with churn most: {_category(result, rank, rank.most, brief)}."
    return f"{name} goes with churn most: {_number(result, own[0], brief)}."


def _held(result: DriversResult) -> str:
    others = len({each.variable for each in result.terms}) - 1
    return f", with {plural(others, 'other column')} held equal" if others else ""


def _number(result: DriversResult, term: Term, brief: bool) -> str:
    ratio, low, high = term.over_step()
    what = "the odds of leaving" if result.model == "logistic" else "the risk of leaving at any age"
    verb = "are" if result.model == "logistic" else "is"
    return (
        f"with {term.step or 1:g} more of it {what} {verb} {figure(ratio)} times as high (95 % "
        f"{span(low, high)}){'' if brief else _held(result)}"
    )


def _category(result: DriversResult, rank: Rank, most: Contrast, brief: bool) -> str:
    level, others = f'"{printable(most.level, 40)}"', "the others"
    if rank.df == 1:
        term = next(each for each in result.terms if each.variable == rank.name)
        other = term.reference if term.level == most.level else term.level
        others = f'"{printable(other or "", 40)}"'
    ratio = f"{figure(most.ratio)} times"
    sure = f"(95 % {span(most.low, most.high)})"
    if result.model == "cox":
        risk = f"for {level} the risk of leaving at any age is {ratio} that of {others} {sure}"
        return risk if brief else risk + _held(result)
    if brief:
        return f"for {level} the odds of leaving are {ratio} those of {others} {sure}"
    # Shares first: they are what a sponsor repeats.
    return (
        f"{number.percent(most.rate)} % of {level} left, against "
        f"{number.percent(most.others_rate)} % of {others}. Their odds of leaving are {ratio} "
        f"those of {others} {sure}{_held(result)}"
    )


def span(low: float | None, high: float | None) -> str:
    """An interval of a ratio; one without an end says so.

    Args:
        low: lower bound.
        high: upper bound.
    """
    first = "0" if low is None else figure(low)
    return f"{first}–{'no end' if high is None else figure(high)}"


def figure(value: float | None) -> str:
    """A ratio: two decimals, more where it is small, fewer where it is large.

    Args:
        value: the ratio.
    """
    if value is None:
        return "no end"
    if value >= 9999.5:
        return f"{value:.1e}"
    if value >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.095 or value == 0 else f"{value:.2g}"


def method(result: DriversResult) -> dict[str, str]:
    """Each figure's definition.

    Args:
        result: what was found.
    """
    told = {}
    if result.model == "logistic":
        told["model"] = (
            "logistic regression of lost (1) or not (0), by "
            + ("Firth's penalised likelihood (Firth 1993)" if result.fit.method == "Firth"
               else f"maximum likelihood ({_by(result, 'statsmodels GLM, binomial, logit link')})")
            + "; customers alike in all columns are counted together, which changes no figure"
        )  # fmt: skip
        told["odds_ratio"] = (
            "exp(coefficient): odds = share lost / share not lost; of a number for one unit more "
            "(the table prints it for the step beside its name), of a category against the "
            "reference"
        )
    else:
        told["model"] = (
            "Cox regression of the age at which customers are lost "
            f"({_by(result, 'statsmodels PHReg')}), ties by Efron (1977)"
            + (f"; {result.fit.truncated:,} customers who came into view at a later age are at "
               "risk from then on (left truncation)" if result.fit.truncated else "")
        )  # fmt: skip
        told["hazard_ratio"] = (
            "exp(coefficient): how many times as likely to be lost next, among those of the same "
            "age; of a number for one unit more, of a category against the reference"
        )
    told["interval"] = (
        "95 %, Wald: exp(coefficient ± 1.96 standard errors)"
        if result.fit.interval == "wald"
        else "95 %, profile likelihood: the values that a likelihood ratio test at 5 % would not "
        "reject (Heinze and Schemper 2002 where it is penalised)"
    )
    told["p_value"] = (
        "Wald, that the ratio is 1, the other terms held"
        if result.fit.interval == "wald"
        else "likelihood ratio, that the ratio is 1, the other terms held"
    )
    told["ranking"] = (
        "strength: standard deviation over customers of what a column adds to the "
        + ("log-odds" if result.model == "logistic" else "log hazard")
        + ", all its terms together; "
        + ("Wald" if result.fit.interval == "wald" else "likelihood ratio")
        + " test of them; p adjusted by Holm over all screened"
    )
    told["screening"] = (
        "likelihood ratio of a column alone; adjusted by Holm (1979) over all screened; a number "
        "also in five bands"
    )
    if result.vif:
        told["collinearity"] = "GVIF^(1/df) over customers (Fox and Monette 1992); VIF for a number"
    if result.shapes:
        told["shape"] = (
            "restricted cubic spline against the line by likelihood ratio, Holm over the numbers; "
            "a turn needs both slopes beside it (two lines, after Simonsohn 2018), and its band "
            "against both end bands, at p < 0.05"
        )
    if result.auc is not None:
        folds = (
            f"{result.auc.folds}-fold stratified cross-validation, seed {result.auc.seed}"
            if result.auc.folds
            else "as fitted: too few to cross-validate"
        )
        told["auc" if result.auc.measure == "AUC" else "concordance"] = (
            f"chance that a lost customer had the higher fitted risk; {folds}"
            + ("; interval by DeLong (1988)" if result.auc.low is not None else "")
        )
    if result.drawn is not None:
        told["drawn"] = (
            f"bends and cross-validation are looked for in {result.drawn:,} of the "
            f"{result.patterns:,} different rows, drawn at random"
        )
    if result.calibration is not None and result.calibration.slope is not None:
        told["calibration"] = "slope of lost on the cross-validated log-odds; 1 is right"
    if result.proportional_hazards:
        told["proportional_hazards"] = (
            "scaled Schoenfeld residuals against the rank of age (Grambsch and Therneau 1994)"
        )
    told["reversals"] = (
        f"odds ratio over all against Mantel-Haenszel's within the groups of every other column; "
        f"{plural(result.pairs_looked_at, 'comparison')} looked at"
    )
    return told


def _by(result: DriversResult, library: str) -> str:
    return library if result.fit.by == "statsmodels" else "Newton's steps on the counts"


def assumptions(result: DriversResult) -> tuple[str, ...]:
    """What was taken as given.

    Args:
        result: what was found.
    """
    told = [
        "Rows are customers who leave independently of each other.",
        f"The {'log-odds' if result.model == 'logistic' else 'log hazard'} adds up over the "
        "columns, and goes in a line with numbers unless the table of shapes says otherwise.",
        "What a column holds was so before the customer left; a column that is written when they "
        "leave tells nothing.",
    ]
    if result.model == "logistic":
        told.append(
            "Everybody was at risk for the same time, or whether, not when, is the question."
        )
    else:
        told += [
            "A hazard ratio is the same at every age (see the check).",
            "Those who are still there are like those who left in what the model does not see.",
        ]
    if any(each.why == "no-room" for each in result.left_out):
        told.append("Columns were chosen on the same data, so p-values are on the small side.")
    return tuple(told)


def commands(result: DriversResult) -> tuple[str, ...]:
    """Commands that come next.

    Args:
        result: what was found.
    """
    told = []
    if result.ranking:
        first = result.ranking[0].name
        turned = [each.name for each in result.shapes if each.shape == "turns"]
        if turned:
            told.append(f"dmaic drivers FILE --term {_typed(turned[0] + ':quintiles')}")
        if any(each.name == first for each in result.levels):
            told.append(f"dmaic test FILE --churned-by {_typed(first)}")
    return tuple(told)


def _typed(text: str) -> str:
    plain = printable(text, 60)
    return plain if plain.replace("_", "").replace(":", "").isalnum() else f'"{plain}"'
