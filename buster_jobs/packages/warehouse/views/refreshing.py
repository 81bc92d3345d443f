"""Refreshes an organization's views, each after those that it reads, several at once."""

import logging
import time
from collections.abc import Callable, Collection, Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from uuid import UUID

import psycopg
from psycopg import errors

from buster_jobs.packages.database.people.organizations import get_organization
from buster_jobs.packages.database.server.engine import own_connection
from buster_jobs.packages.errors import BusterError, NotFound
from buster_jobs.packages.warehouse.replacement import drop_set_aside
from buster_jobs.packages.warehouse.views.building import build
from buster_jobs.packages.warehouse.views.creation import Connection
from buster_jobs.packages.warehouse.views.order import Reads, reads_among, sorter, with_readers
from buster_jobs.packages.warehouse.views.registry import list_views, note_attempt, note_outcome
from buster_jobs.packages.warehouse.views.values import Outcome, View

VIEW_SECONDS = 600.0
AT_ONCE = 4
_CANCEL_SECONDS = 5.0

OnOutcome = Callable[[Outcome], None]
Listener = Callable[[Outcome, int, int], None]
_listeners: list[Listener] = []
_NOT_UNIQUE = (errors.UniqueViolation, errors.CardinalityViolation)


@contextmanager
def listening(listener: Listener) -> Generator[None]:
    """Inside this block, call `listener` with each view's outcome, the number of finished views, and of all views."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def refresh_views(
    organization_id: UUID,
    names: Collection[str] | None = None,
    *,
    seconds: float = VIEW_SECONDS,
    on_outcome: OnOutcome = lambda _outcome: None,
) -> list[Outcome]:
    """Refresh the organization's views, or the named ones and all that read them. `seconds` limits each query.

    A view that fails keeps its last content, views that read it are skipped, and the others are refreshed. `on_outcome`
    is called for each view in this thread. Raises `NotFound` for an unknown view, and for a deleted organization.
    """
    get_organization(organization_id)
    views = {view.name: view for view in list_views(organization_id)}
    reads = reads_among(views.values())
    unknown = sorted(set(names or ()) - set(views))
    if unknown:
        raise NotFound(f"The organization has no view {unknown[0]!r}: it has {', '.join(views) or 'none'}.")
    chosen = set(views) if names is None else with_readers(names, reads)
    note_attempt([views[name].id for name in chosen])
    work = _Work({name: views[name] for name in chosen}, seconds, on_outcome)
    try:
        return work.run({name: reads[name] & chosen for name in chosen})
    finally:
        with closing(own_connection()) as connection:
            drop_set_aside(connection)


class _Work:
    """One refresh of many views. Worker threads build views; only the caller's thread changes this object."""

    def __init__(self, views: dict[str, View], seconds: float, on_outcome: OnOutcome) -> None:
        self._views, self._seconds, self._on_outcome = views, seconds, on_outcome
        self._outcomes: dict[str, Outcome] = {}
        self._connections: set[Connection] = set()

    def run(self, reads: Reads) -> list[Outcome]:
        order, running = sorter(reads), dict[Future[Outcome], str]()
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="view") as pool:
            try:
                while order.is_active():
                    for name in order.get_ready():
                        failed = [read for read in sorted(reads[name]) if self._outcomes[read].status != "refreshed"]
                        if failed:
                            order.done(self._note(self._skipped(name, failed)))
                        else:
                            running[pool.submit(self._build, self._views[name])] = name
                    for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                        running.pop(future)
                        order.done(self._note(future.result()))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                while wait(running, timeout=0.5).not_done:
                    self._cancel()
                raise
        return list(self._outcomes.values())

    def _note(self, outcome: Outcome) -> str:
        self._outcomes[outcome.view] = outcome
        note_outcome(self._views[outcome.view].id, outcome)
        logging.getLogger(__name__).info("[%d/%d] %s", len(self._outcomes), len(self._views), outcome)
        self._on_outcome(outcome)
        for listener in tuple(_listeners):
            listener(outcome, len(self._outcomes), len(self._views))
        return outcome.view

    def _skipped(self, name: str, failed: list[str]) -> Outcome:
        why = "failed" if self._outcomes[failed[0]].status == "failed" else "was skipped"
        return Outcome(name, "skipped", error=f"It reads {failed[0]!r}, which {why}.")

    def _build(self, view: View) -> Outcome:
        began = time.monotonic()
        try:
            with closing(own_connection()) as connection:
                self._connections.add(connection)
                built = build(connection, view, seconds=self._seconds)
        except (psycopg.Error, BusterError) as error:
            why = failure_sentence(error, view, self._seconds)
            again = error.sqlstate is None if isinstance(error, psycopg.Error) else error.retryable
            return Outcome(view.name, "failed", time.monotonic() - began, error=why, retryable=again)
        return Outcome(view.name, "refreshed", time.monotonic() - began, built.how, built.rows, built.bytes)

    def _cancel(self) -> None:
        """Cancel the queries that are still running on the server."""
        for connection in tuple(self._connections):
            if not connection.closed:
                with suppress(
                    psycopg.Error
                ):  # a busy server may miss the request: it is repeated until all queries have ended
                    connection.cancel_safe(timeout=_CANCEL_SECONDS)


def failure_sentence(error: Exception, view: View, seconds: float) -> str:
    """Why a view could not be refreshed, for its owner. Repeats no row: rows belong to the customer."""
    if isinstance(error, BusterError):
        return error.message
    if isinstance(error, _NOT_UNIQUE) and view.unique_key:
        return f"Its rows are not unique by {', '.join(view.unique_key)}: change its key or its query."
    if isinstance(error, errors.QueryCanceled):
        return f"Its query took longer than {seconds:g} s: make it smaller, or build it of several views."
    if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn | errors.InvalidSchemaName):
        return f"What it reads has changed: {_said(error)}"
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return "The connection to the warehouse was lost: try again."
    return f"The warehouse refused it: {_said(error)}" if isinstance(error, psycopg.Error) else type(error).__name__


def _said(error: psycopg.Error) -> str:
    """The error's first line, without the value that PostgreSQL quotes after a colon."""
    message = error.diag.message_primary or "it gave no reason"
    return message.partition(': "')[0].rstrip(".") + "."
