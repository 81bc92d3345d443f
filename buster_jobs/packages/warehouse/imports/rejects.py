"""The rejects of one pass over the source: counts bad rows, keeps the first ones, and stops at too many."""

from buster_jobs.packages.database.sources.imports import ImportReject
from buster_jobs.packages.errors import InvalidInput
from buster_jobs.packages.warehouse.imports.checking import CheckedBatch
from buster_jobs.packages.warehouse.imports.declaration import ImportDeclaration


class TooManyRejects(InvalidInput):
    """More rows are bad than the declaration allows."""

    code = "TOO_MANY_REJECTS"

    def __init__(self, message: str, log: "RejectLog") -> None:
        super().__init__(message)
        self.log = log


class RejectLog:
    """Counts rows, and keeps the first `declaration.kept_rejects` rejects."""

    def __init__(self, declaration: ImportDeclaration) -> None:
        self._declaration = declaration
        self.kept: list[ImportReject] = []
        self.rows = self.rejected = 0

    def add(self, checked: CheckedBatch) -> None:
        """Add a batch."""
        self.rows += len(checked.lines) + checked.rejected
        self.rejected += checked.rejected
        room = self._declaration.kept_rejects - len(self.kept)
        self.kept += [ImportReject(bad.line, bad.column, bad.value, bad.reason) for bad in checked.rejects[:room]]

    def check(self) -> None:
        """Raises `TooManyRejects` if more rows are bad than the declaration allows."""
        allowed = self._declaration.most_rejects(self.rows)
        if self.rejected > allowed:
            raise TooManyRejects(
                f"{self.rejected:,} of {self.rows:,} rows are bad, and {allowed:,} may be: nothing was loaded. "
                f"The first: {sentence(self.kept[0])}",
                self,
            )


def sentence(reject: ImportReject) -> str:
    """What is wrong and where, as a sentence."""
    if reject.column is None:
        return f"line {reject.line} {reject.reason}."
    value = "no value" if reject.value is None else repr(reject.value)
    return f"line {reject.line}, column {reject.column}: {value} {reject.reason}."
