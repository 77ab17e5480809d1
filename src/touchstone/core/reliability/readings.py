"""What a figure says, in one plain sentence. Pages that speak another language build theirs from the key."""

from touchstone.core.reliability.figure import Figure

_SHARES = {
    "agreement.exact": "Two assessors gave the same level in {value} of {n} works read twice",
    "agreement.adjacent": "Two assessors gave the same or a neighbouring level in {value} of {n} works read twice",
    "consistency.all": "Two assessors, each alone, would have decided alike in {value} of {n} works",
    "consistency.near": "One step from the cut, two assessors would have decided alike in {value} of {n} works",
    "consistency.away": "Further from the cut, two assessors would have decided alike in {value} of {n} works",
}
_NUMBERS = {
    "kappa.none": "Of the agreement that chance does not bring, {value} was reached (1 is all, 0 is chance alone)",
    "kappa.linear": "Counting each level of distance once, agreement beyond chance is {value} (1 is all, 0 is chance)",
    "kappa.quadratic": "Counting distance squared, agreement beyond chance is {value} (1 is all, 0 is chance)",
    "kappa.weighted": "With the weights given, agreement beyond chance is {value} (1 is all, 0 is chance)",
    "kappa.fleiss": "Among assessors who stand for each other, agreement beyond chance is {value} (1 is all)",
    "alpha.nominal": "Taking levels as mere names, all reads together agree to {value} (1 is all, 0 is chance)",
    "alpha.ordinal": "Taking levels in their order, all reads together agree to {value} (1 is all, 0 is chance)",
    "alpha.interval": "Taking levels as even steps, all reads together agree to {value} (1 is all, 0 is chance)",
    "icc.1_1": "If each work had assessors of its own, one assessor's level would be {value} reliable",
    "icc.2_1": "With assessors drawn from many like them, one assessor's level is {value} reliable",
    "icc.3_1": "For ranking works by these very assessors, one assessor's level is {value} reliable",
    "icc.1_k": "If each work had assessors of its own, the mean of this many would be {value} reliable",
    "icc.2_k": "With assessors drawn from many like them, the mean of this many is {value} reliable",
    "icc.3_k": "For ranking works by these very assessors, their mean is {value} reliable",
    "g.relative": "For ranking works, one assessor on these criteria is {value} reliable",
    "g.absolute": "For deciding against a fixed standard, one assessor on these criteria is {value} reliable",
    "reliability.assessors": "Of the differences in severity seen, {value} are real and not chance",
    "reliability.criteria": "Of the differences in difficulty seen, {value} are real and not chance",
    "reliability.works": "Of the differences between works seen, {value} are real and not chance",
    "separation.assessors": "Assessors differ in severity {value} times as much as the error of measuring it",
    "separation.criteria": "Criteria differ in difficulty {value} times as much as the error of measuring it",
    "separation.works": "Works differ {value} times as much as the error of measuring them",
}


def reading(figure: Figure) -> str:
    """The sentence for a figure: what it says and how sure it is, or why there is none."""
    if figure.value is None:
        return f"Not defined: {figure.why_undefined}"
    share = figure.key in _SHARES
    words = _SHARES[figure.key] if share else _NUMBERS[figure.key]
    said = words.format(value=_number(figure.value, share), n=f"{figure.n:,}")
    if figure.low is None or figure.high is None:
        return f"{said}. {figure.method}".rstrip()
    sure = f"{figure.confidence:.0%} interval {_number(figure.low, share)} to {_number(figure.high, share)}"
    return f"{said}; {sure}."


def _number(value: float, share: bool) -> str:
    return f"{100 * value:.1f} %" if share else f"{value:.2f}"


def severity_reading(name: str, low: float, high: float) -> str:
    """Whether an assessor is more severe or lenient than the mean, as far as the interval (logits) tells."""
    if low > 0:
        return f"{name} is more severe than the average assessor."
    if high < 0:
        return f"{name} is more lenient than the average assessor."
    return f"{name} cannot be told from the average assessor."


def fit_reading(name: str, noisy: bool, muted: bool) -> str:
    """Whether levels came as the model expects, given the range it produces itself."""
    if noisy:
        return f"Levels of {name} surprise more often than chance explains: look at some together."
    if muted:
        return f"Levels of {name} vary less than expected: few levels may be in use."
    return f"Levels of {name} are as varied as expected."
