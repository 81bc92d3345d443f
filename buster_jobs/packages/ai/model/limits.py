"""How much one analysis may cost in steps, tokens and time, and the meter that enforces it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from buster_jobs.packages.ai.analysis import Usage
from buster_jobs.packages.ai.model.errors import BudgetExceeded
from buster_jobs.packages.ai.model.transcript import Transcript
from buster_jobs.packages.data_sources.source import MODEL_MAX_ROWS
from buster_jobs.packages.errors import TimedOut
from buster_jobs.packages.settings import get_settings


@dataclass(frozen=True, slots=True)
class Limits:
    """Times are in seconds, sizes in characters. A step is one request to the model."""

    steps: int = 50
    tokens: int = 500_000
    seconds: float = 300.0
    request_seconds: float = 120.0
    query_seconds: float = 30.0
    rows: int = MODEL_MAX_ROWS
    cell_characters: int = 500
    result_characters: int = 24_000
    answer_parts: int = 3


def cost(model: str, input_tokens: int, output_tokens: int) -> float | None:
    """The cost in the currency of BUSTER_MODEL_PRICES, which are per million tokens; None without a price."""
    price = get_settings().model_prices.get(model)
    if price is None:
        return None
    return (input_tokens * price[0] + output_tokens * price[1]) / 1_000_000


class Meter:
    """Counts what one analysis has spent, and stops it at its limits."""

    def __init__(self, transcript: Transcript, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._spent = transcript
        self._limits = limits
        self._clock = clock
        self._deadline = clock() + limits.seconds

    def usage(self) -> Usage:
        """The sum over all requests so far, those of earlier attempts too."""
        spent = self._spent
        return Usage(
            model=spent.model,
            requests=spent.requests,
            input_tokens=spent.input_tokens,
            output_tokens=spent.output_tokens,
            cost=cost(spent.model, spent.input_tokens, spent.output_tokens),
        )

    def add(self, input_tokens: int, output_tokens: int) -> None:
        """Record one answered request."""
        self._spent.requests += 1
        self._spent.input_tokens += input_tokens
        self._spent.output_tokens += output_tokens

    def request_timeout(self) -> float:
        """How many seconds the next request may take. Raises `BudgetExceeded` or `TimedOut` if there may be none."""
        if self._spent.requests >= self._limits.steps:
            raise BudgetExceeded(
                f"The model gave no answer within {self._limits.steps} steps; ask a narrower question and try again."
            )
        if self._spent.input_tokens + self._spent.output_tokens >= self._limits.tokens:
            raise BudgetExceeded(
                f"The model gave no answer within {self._limits.tokens} tokens; ask a narrower question and try again."
            )
        return min(self._limits.request_seconds, self._remaining())

    def query_timeout(self) -> float:
        """How many seconds the next query may take. Raises `TimedOut` when the time is used up."""
        return min(self._limits.query_seconds, self._remaining())

    def _remaining(self) -> float:
        remaining = self._deadline - self._clock()
        if remaining <= 0:
            raise TimedOut(f"The model gave no answer within {self._limits.seconds:g} seconds; try again or ask less.")
        return remaining
