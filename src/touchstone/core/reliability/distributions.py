"""Quantiles that intervals need: normal, and F by the incomplete beta function."""

import math
from statistics import NormalDist

_TINY = 1e-300


def normal_quantile(probability: float) -> float:
    """The standard normal quantile."""
    return NormalDist().inv_cdf(probability)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), 0 <= x <= 1.

    Lentz's continued fraction (Abramowitz and Stegun 1964, 26.5.8), on the side where it converges fast.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) / (a * _continued_fraction(a, b, x))


def _continued_fraction(a: float, b: float, x: float) -> float:
    value = upper = 1.0
    lower = 0.0
    for step in range(1, 1000):
        half = step // 2
        if step % 2:
            term = -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        else:
            term = half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
        lower = 1 / ((1 + term * lower) or _TINY)
        upper = (1 + term / upper) or _TINY
        value *= upper * lower
        if abs(upper * lower - 1) < 1e-15:
            break
    return value


def f_quantile(probability: float, first: float, second: float) -> float:
    """The quantile of F with `first` and `second` degrees of freedom (any positive reals), by bisection."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if incomplete_beta(first / 2, second / 2, middle) < probability:
            low = middle
        else:
            high = middle
        if high - low <= 1e-16 * high:
            break
    x = (low + high) / 2
    return second * x / (first * (1 - x)) if x < 1 else math.inf


def wilson(successes: int, n: int, confidence: float) -> tuple[float, float]:
    """Interval of a proportion (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212); n at least 1."""
    z = normal_quantile(0.5 + confidence / 2)
    share = successes / n
    centre = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = ((centre + side * spread) / (1 + z * z / n) for side in (-1, 1))
    return (0.0 if successes == 0 else low), (1.0 if successes == n else high)
