"""Our DuckDB processes: starting, asking and killing them. What they run is in `child`."""

import os
import pickle
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from typing import IO, cast

from buster_jobs.packages.data_sources.duckdb.protocol import NoAnswer, ReadLines, Request, read_answer
from buster_jobs.packages.data_sources.errors import QueryFailed
from buster_jobs.packages.data_sources.kill_timer import KillTimer
from buster_jobs.packages.data_sources.pool import Lifecycle, Pool, pool_of
from buster_jobs.packages.errors import BusterError, TimedOut, Unavailable

_MODULE = "buster_jobs.packages.data_sources.duckdb.child"
# The child interrupts itself first.
KILL_AFTER = 1.0
# What Python and the dynamic linker may need. The rest of our environment holds secrets.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG", "TZ", "VIRTUAL_ENV")


class DuckDBProcess:
    """One child. Not safe to share between threads while it works on a request."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603, our own module
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
        )

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def ask(self, request: Request) -> object:
        """The child's answer. Raises what it raised, `TimedOut` if it was killed, `Unavailable` if it died."""
        with self._within(request):
            return _unraised(self._exchange(request))

    @contextmanager
    def _within(self, request: Request) -> Generator[None]:
        with KillTimer(request.seconds + KILL_AFTER, self.kill, self.kill, KILL_AFTER) as timer:
            try:
                yield
            except NoAnswer as refused:
                self.kill()
                raise QueryFailed(f"DuckDB's process answered with {refused}, which is no value of a result.") from None
            except (OSError, EOFError, pickle.UnpicklingError):
                self.kill()
                if timer.fired or self._process.returncode == 1:
                    raise TimedOut("The query was stopped because it took too long: ask for less data.") from None
                raise Unavailable(
                    "The process that ran the query ended, perhaps for want of memory: try less."
                ) from None

    def lines(self, request: ReadLines) -> Iterator[bytes]:
        """The rows, in blocks. Raises as `ask` does. A caller that stops before the end must `kill` it."""
        with self._within(request):
            answer = self._exchange(request)
            while block := _unraised(answer):
                yield cast("bytes", block)
                answer = read_answer(_open(self._process.stdout))

    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it at once, and wait until it has ended."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End it and close its pipes."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _exchange(self, request: Request) -> object:
        pickle.dump(request, _open(self._process.stdin))
        _open(self._process.stdin).flush()
        return read_answer(_open(self._process.stdout))


def _unraised(answer: object) -> object:
    if isinstance(answer, BusterError):
        raise answer
    return answer


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe


def processes() -> Pool[DuckDBProcess]:
    """The children of this process, for all DuckDB files: each opens the file anew for a request."""
    lifecycle = Lifecycle[DuckDBProcess](
        open=lambda _seconds: DuckDBProcess(),
        reset=DuckDBProcess.is_alive,
        is_alive=DuckDBProcess.is_alive,
        close=DuckDBProcess.close,
    )
    return pool_of("duckdb", lambda: Pool("DuckDB's files", lifecycle))
