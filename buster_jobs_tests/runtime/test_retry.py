"""The delay formula against hand-computed rows, and who is tried again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buster_jobs.packages.errors import InvalidInput, RateLimited
from buster_jobs.runtime.retry import NO_RETRY, Retry

# Worked out by hand: min_timeout, max_timeout, factor, jitter (None: not randomized), failed attempt, delay; in s.
ROWS = [
    (1, 10, 2, None, 1, 1.0),
    (1, 10, 2, None, 2, 2.0),
    (1, 10, 2, None, 3, 4.0),
    (1, 10, 2, None, 4, 8.0),
    (1, 10, 2, None, 5, 10.0),
    (1, 10, 2, None, 6, 10.0),
    (1, 10, 2, None, 1000, 10.0),
    (1, 10, 2, None, 5000, 10.0),
    (1, 30, 2, None, 5, 16.0),
    (1, 30, 2, None, 6, 30.0),
    (1, 30, 2, 0.0, 1, 1.0),
    (1, 30, 2, 0.5, 1, 1.5),
    (1, 30, 2, 0.25, 2, 2.5),
    (1, 30, 2, 0.999, 3, 7.996),
    (1, 30, 2, 0.5, 4, 12.0),
    (1, 30, 2, 0.75, 5, 28.0),
    (1, 30, 2, 0.9, 5, 30.0),
    (0.5, 10, 3, None, 1, 0.5),
    (0.5, 10, 3, None, 2, 1.5),
    (0.5, 10, 3, None, 3, 4.5),
    (0.5, 10, 3, None, 4, 10.0),
    (0.5, 10, 3, 0.2, 3, 5.4),
    (2, 60, 1, None, 1, 2.0),
    (2, 60, 1, None, 7, 2.0),
    (2, 60, 1.5, None, 2, 3.0),
    (2, 60, 1.5, None, 3, 4.5),
    (2, 60, 1.5, None, 4, 6.75),
    (2, 60, 1.5, None, 5, 10.125),
    (0.1, 1, 1.1, None, 2, 0.11),
    (0.1, 1, 1.1, None, 3, 0.121),
    (0.1, 1, 1.1, None, 4, 0.133),
    (0.001, 1, 1.8, None, 2, 0.002),
    (0, 10, 2, None, 3, 0.0),
    (0, 0, 2, None, 1, 0.0),
    (5, 5, 2, 0.5, 1, 5.0),
    (0.25, 100, 10, None, 3, 25.0),
]


@pytest.mark.parametrize(("low", "high", "factor", "jitter", "attempt", "expected"), ROWS)
def test_the_delay_is_the_one_worked_out_by_hand(
    low: float, high: float, factor: float, jitter: float | None, attempt: int, expected: float
) -> None:
    policy = Retry(min_timeout=low, max_timeout=high, factor=factor, randomize=jitter is not None)
    assert policy.delay(attempt, jitter) == expected


@given(
    low=st.floats(0, 100),
    more=st.floats(0, 1000),
    factor=st.floats(1, 10),
    jitter=st.floats(0, 1, exclude_max=True),
    attempt=st.integers(1, 10_000),
)
def test_no_delay_leaves_its_bounds_or_shrinks(
    low: float, more: float, factor: float, jitter: float, attempt: int
) -> None:
    policy = Retry(min_timeout=low, max_timeout=low + more, factor=factor, randomize=True)
    delay = policy.delay(attempt, jitter)
    assert low - 0.001 <= delay <= low + more + 0.001
    assert delay <= policy.delay(attempt + 1, jitter)


def test_retry_after_lengthens_the_delay() -> None:
    assert Retry().delay_after(RateLimited("Slow down.", retry_after=7), attempt=1) == 7


def test_retry_after_is_capped() -> None:
    assert Retry().delay_after(RateLimited("Slow down.", retry_after=3600), attempt=1) == 10


def test_a_short_retry_after_does_not_shorten_the_delay() -> None:
    assert Retry().delay_after(RateLimited("Slow down.", retry_after=0.1), attempt=3) == 4


def test_an_unknown_error_is_tried_again_until_the_attempts_are_used_up() -> None:
    policy = Retry(max_attempts=3)
    assert [policy.allows_another(RuntimeError("?"), attempt) for attempt in (1, 2, 3)] == [True, True, False]


def test_invalid_input_is_never_tried_again() -> None:
    assert not Retry().allows_another(InvalidInput("No."), attempt=1)


def test_a_task_without_retry_has_one_attempt() -> None:
    assert not NO_RETRY.allows_another(RuntimeError("?"), attempt=1)


@pytest.mark.parametrize(
    "wrong", [{"max_attempts": 0}, {"min_timeout": -1.0}, {"min_timeout": 11.0}, {"factor": 0.5}], ids=str
)
def test_a_retry_policy_that_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Retry(**wrong)  # pyright: ignore[reportArgumentType] - wrong on purpose
