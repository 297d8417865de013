"""How agreement was measured, what was taken as given, and what a reader should know."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic.result import Finding
from dmaic.stats.agreement.coding import Codings
from dmaic.stats.agreement.result import AgreementResult
from dmaic.text import folded, name_list, plural, printable

FEW = 30
"""Items below which an interval for large samples is rough: a rule of thumb."""

BANDS = (
    "Above 0.75 good, below 0.40 poor, between them moderate (AIAG 2010, Measurement Systems "
    "Analysis, 4th edition, after Fleiss 1981). Landis and Koch (1977, Biometrics 33, 159-174) say "
    "poor below 0, slight to 0.20, fair to 0.40, moderate to 0.60, substantial to 0.80, almost "
    "perfect above. Krippendorff (2004, Content Analysis, 2nd edition, chapter 11) asks for an "
    "alpha of 0.800, and of 0.667 for tentative conclusions. All three are conventions; the "
    "verdict goes by the first and by the interval."
)


def methods(result: AgreementResult) -> dict[str, str]:
    """Which formula made which figure.

    Args:
        result: without its methods.
    """
    told = {
        "percent_agreement": "Items on which every coding compared is the same over items "
        "compared, with the exact interval of Clopper and Pearson (1934, Biometrika 26, 404-413). "
        "It counts agreement by chance as agreement."
    }
    kappas = [each.kappa for each in result.comparisons if each.kappa is not None]
    if result.cohen is not None or kappas:
        weighted = {
            "none": "",
            "linear": " Codes are ordered: a disagreement by d of k - 1 steps counts d / (k - 1).",
            "quadratic": " Codes are ordered: a disagreement by d of k - 1 steps counts "
            "(d / (k - 1))².",
        }[result.weights]
        told["cohen"] = (
            "κ = (po - pe) / (1 - pe): agreement seen, po, less that of chance, pe, which is the "
            "sum over codes of the product of how often each rater gave them (Cohen 1960, "
            f"Educational and Psychological Measurement 20, 37-46).{weighted} 95 % interval by the "
            "standard error of Fleiss, Cohen and Everitt (1969, Psychological Bulletin 72, "
            "323-327); where it is 0, as where all agree, by the exact interval of the agreement."
        )
    drawn = (
        f"95 % interval: percentiles of {result.draws:,} samples of items, drawn with replacement "
        f"(seed {result.seed}); where every item is agreed on alike, as where all agree, by the "
        "exact share of items that are like these."
    )
    if result.fleiss is not None:
        told["fleiss"] = (
            "κ = (P - Pe) / (1 - Pe): the share of pairs of codings of an item that agree, P, and "
            "the sum of squares of the shares of the codes, Pe (Fleiss 1971, Psychological "
            "Bulletin 76, 378-382); of one code, that code against all others. It takes items with "
            f"equally many codings. {drawn}"
        )
    if result.krippendorff is not None:
        told["krippendorff"] = (
            "α = 1 - Do / De: disagreement seen over that of chance, nominal codes; items may lack "
            "codings (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, University of "
            f"Pennsylvania). {drawn}"
        )
    told["verdict"] = BANDS
    return told


def assumptions(result: AgreementResult) -> tuple[str, ...]:
    """What was taken as given."""
    told = [
        "The items are a fair sample of those that will be coded, with all codes in them.",
        "The raters coded alone, without knowing each other's codes.",
    ]
    if result.repeated:
        told.append(
            "A second row of one rater and item is a second coding, made without looking at the "
            "first."
        )
    if not any(each.second == "standard" for each in result.comparisons):
        told.append("Agreement is not truth: raters may agree on the wrong code.")
    return tuple(told)


def findings(result: AgreementResult, codings: Codings) -> Iterator[Finding]:
    """What a reader should know.

    Args:
        result: without its findings.
        codings: that it was made of.
    """
    compared = max(
        (each.items for each in result.comparisons if each.sort != "standard"),
        default=result.items,
    )
    if compared < FEW:
        yield Finding(
            code="few-items",
            level="warning",
            message=f"{plural(compared, 'item')} {'is' if compared == 1 else 'are'} compared; "
            f"below {FEW} the intervals of kappa and alpha are rough, and too narrow rather than "
            "too wide.",
            hint="Code more items; the exact interval of the percent agreement holds for any "
            "number.",
            count=compared,
        )
    full = len(codings.full())
    paired = sum(sum(map(len, item.values())) > 1 for item in codings.given)
    if full < paired:
        yield Finding(
            code="uneven-codings",
            level="warning",
            message=f"{plural(paired - full, 'item')} of {paired:,} "
            f"{'has' if paired - full == 1 else 'have'} fewer codings than the others: left out of "
            "the agreement between all raters and of Fleiss' kappa; Krippendorff's alpha takes "
            "them in.",
            hint="Let everybody code every item where that can be.",
            count=paired - full,
        )
    alone = len(codings.items) - paired
    if alone and paired:
        yield Finding(
            code="single-codings",
            level="info",
            message=f"{plural(alone, 'item')} with one coding only say nothing of agreement.",
            count=alone,
        )
    spelled: dict[str, list[str]] = {}
    for code in codings.codes:
        spelled.setdefault(" ".join(folded(code).split()), []).append(code)
    alike = [names for names in spelled.values() if len(names) > 1]
    if alike:
        yield Finding(
            code="similar-categories",
            level="warning",
            message=f"{name_list([name for names in alike for name in names], 6)} differ only in "
            "case or spacing, and count as disagreement.",
            hint="Write each code in one way.",
            count=len(alike),
        )
    rare = [each for each in result.codes if 0 < each.used < 5]
    if rare and len(result.codes) > 1:
        names = name_list([printable(each.code, 40) for each in rare], 4)
        yield Finding(
            code="rare-codes",
            level="info",
            message=f"{names}: given fewer than 5 times, so how well they are agreed on cannot be "
            "told.",
            count=len(rare),
        )
