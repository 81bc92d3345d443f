"""How many rows or letters a call makes, as far as its numbers tell. Time and memory limits cover the rest."""

from sqlglot import exp

from buster_jobs.packages.data_sources.guard.refusal import refuse

# A series in FROM, or a text that is repeated, costs the database memory or disk before its first row is read.
LARGEST = 1_000_000
_SERIES = frozenset({"generate_series", "range"})
_TEXTS = frozenset({"repeat", "space", "lpad", "rpad"})


def check_size(name: str, call: exp.Anonymous) -> None:
    """Refuse a call of the function `name` (folded) that makes too much; calls within calls multiply."""
    values = _made(name, call)
    outer = call.find_ancestor(exp.Anonymous) if values > 1 else None
    while outer is not None:
        values *= _made(outer.name.lower(), outer)
        outer = outer.find_ancestor(exp.Anonymous)
    if values > LARGEST:
        what = "values" if name in _SERIES else "characters"
        refuse(f"{name.upper()} may make at most {LARGEST:,} {what}.")


def _made(name: str, call: exp.Anonymous) -> float:
    numbers = [_number(argument) for argument in call.expressions]
    if name in _TEXTS:
        return max((number for number in numbers if number is not None), default=1.0)
    return _steps(numbers[:3]) if name in _SERIES else 1.0


def _steps(bounds: list[float | None]) -> float:
    """How many values a series has: the most that its known numbers allow, or 1 when its step is unknown."""
    if not bounds or None in bounds[2:]:
        return 1.0
    if None in bounds:
        step = bounds[2] if len(bounds) > 2 else 1.0
        return max(abs(bound) for bound in (1.0, *bounds[:2]) if bound is not None) / abs(step or 1.0)
    known = [bound or 0.0 for bound in bounds]
    start, stop, step = (0.0, known[0], 1.0) if len(known) == 1 else (*known[:2], known[2] if len(known) > 2 else 1.0)
    return max(1.0, abs(stop - start) / abs(step)) if step else float("inf")


def _number(node: exp.Expr) -> float | None:
    sign = 1.0
    while isinstance(node, exp.Neg | exp.Paren | exp.Cast):
        sign = -sign if isinstance(node, exp.Neg) else sign
        node = node.this
    return sign * float(node.this) if isinstance(node, exp.Literal) and not node.is_string else None
