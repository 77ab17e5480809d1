"""One measured figure: its value, how sure one may be, and why there is none where there is none."""

from dataclasses import dataclass
from fractions import Fraction

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic with its sample size and interval.

    `n` counts what `unit` names. `value` is None exactly when `why_undefined` says why: an undefined
    figure is never shown as 0 or 1. `low` and `high` are None where no honest interval exists; `method`
    says how they were found, or why they were not. `exact` is the value as a fraction, where arithmetic
    allows it: thresholds are decided on it.
    """

    key: str
    value: float | None
    n: int
    unit: str
    low: float | None = None
    high: float | None = None
    method: str = ""
    why_undefined: str | None = None
    exact: Fraction | None = None
    confidence: float = CONFIDENCE

    def __post_init__(self) -> None:
        if (self.value is None) != (self.why_undefined is not None):
            raise ValueError(f"The figure “{self.key}” needs either a value or the reason why it has none.")

    def at_least(self, threshold: Fraction) -> bool | None:
        """Whether the value reaches a threshold, compared exactly where possible; None when undefined."""
        if self.exact is not None:
            return self.exact >= threshold
        return None if self.value is None else self.value >= float(threshold)


def undefined(key: str, why: str, *, n: int = 0, unit: str = "works") -> Figure:
    """A figure that has no value, with the reason as a plain sentence."""
    return Figure(key=key, value=None, n=n, unit=unit, why_undefined=why)
