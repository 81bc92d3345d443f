"""Idempotency keys in the database: one holder each, whoever asks, for as long as they count."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from buster_jobs.packages.database.runs.idempotency import (
    DEFAULT_TTL,
    KeyClaim,
    claim_key,
    forget_expired_keys,
    payload_hash,
    take_over_key,
)


def claim(
    key: str = "order-7", *, task: str = "bill", payload: object = None, ttl: timedelta = DEFAULT_TTL
) -> KeyClaim:
    return KeyClaim(task, key, str(uuid4()), payload_hash(payload), ttl)


@pytest.fixture
def let_time_pass(database: Engine) -> Callable[[timedelta], None]:
    """Move what is stored into the past, which is what time does to it."""

    def shift(passed: timedelta) -> None:
        moved = "SET expires_at = expires_at - :passed"
        with database.begin() as connection:
            connection.execute(text(f"UPDATE buster.idempotency_keys {moved}"), {"passed": passed})

    return shift


def test_the_first_to_claim_holds_the_key_and_the_others_learn_its_run(database: Engine) -> None:
    first, second = claim(payload={"n": 1}), claim(payload={"n": 2})
    assert claim_key(first).run_id == first.run_id
    holder = claim_key(second)
    assert (holder.run_id, holder.payload_hash) == (first.run_id, first.payload_hash)
    assert claim_key(first).run_id == first.run_id


def test_a_key_counts_within_its_task(database: Engine) -> None:
    one, other = claim(task="bill"), claim(task="remind")
    assert claim_key(one).run_id == one.run_id
    assert claim_key(other).run_id == other.run_id


def test_of_many_that_claim_at_once_one_holds_the_key(database: Engine) -> None:
    claims, barrier = [claim() for _ in range(12)], Barrier(12)

    def at_once(mine: KeyClaim) -> str:
        barrier.wait()
        return claim_key(mine).run_id

    with ThreadPoolExecutor(12) as threads:
        (holder,) = set(threads.map(at_once, claims))
    assert holder in {mine.run_id for mine in claims}


def test_of_many_that_take_a_key_over_at_once_one_does(database: Engine) -> None:
    failed = claim()
    claim_key(failed)
    claims, barrier = [claim() for _ in range(12)], Barrier(12)

    def at_once(mine: KeyClaim) -> bool:
        barrier.wait()
        return take_over_key(mine, holder=failed.run_id)

    with ThreadPoolExecutor(12) as threads:
        won = list(threads.map(at_once, claims))
    assert won.count(True) == 1
    assert claim_key(claim()).run_id == claims[won.index(True)].run_id


def test_a_key_is_free_once_its_time_has_passed(database: Engine, let_time_pass: Callable[[timedelta], None]) -> None:
    early, late = claim(ttl=timedelta(hours=1)), claim()
    claim_key(early)
    let_time_pass(timedelta(minutes=59))
    assert claim_key(late).run_id == early.run_id
    let_time_pass(timedelta(minutes=1))
    assert claim_key(late).run_id == late.run_id


def test_a_key_counts_for_30_days_unless_told_otherwise(
    database: Engine, let_time_pass: Callable[[timedelta], None]
) -> None:
    early, late = claim(), claim()
    claim_key(early)
    let_time_pass(timedelta(days=29, hours=23))
    assert claim_key(late).run_id == early.run_id
    let_time_pass(timedelta(hours=1))
    assert claim_key(late).run_id == late.run_id


def test_keys_whose_time_has_passed_are_forgotten(database: Engine, let_time_pass: Callable[[timedelta], None]) -> None:
    claim_key(claim("short", ttl=timedelta(hours=1)))
    claim_key(claim("long"))
    let_time_pass(timedelta(hours=2))
    assert (forget_expired_keys(), forget_expired_keys()) == (1, 0)


def test_the_longest_key_fits_whatever_its_characters(database: Engine) -> None:
    mine = claim("𝄞" * 512)
    assert claim_key(mine).run_id == mine.run_id


values = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
json_objects = st.dictionaries(st.text(max_size=5), values | st.lists(values, max_size=3), max_size=4)


@given(json_objects)
def test_the_order_of_keys_does_not_change_a_payloads_hash(payload: dict[str, object]) -> None:
    assert payload_hash(dict(reversed(payload.items()))) == payload_hash(payload)


@given(json_objects, json_objects)
def test_different_payloads_have_different_hashes(one: dict[str, object], other: dict[str, object]) -> None:
    assert (payload_hash(one) == payload_hash(other)) == (repr(sorted(one.items())) == repr(sorted(other.items())))
