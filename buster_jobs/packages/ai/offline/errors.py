"""Errors of the offline analyst: a reading that fails, and a question that is declined."""


class Declined(Exception):
    """The question is declined. `reason` is a clause that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Misread(Exception):
    """A reading contradicts itself or leaves something open. The message, a clause for people, says what.

    The failed reading with the greatest `weight` gives the reason when all fail. `final`: readings that fit less well
    must not take the place of this one.
    """

    def __init__(self, message: str, *, weight: int = 1, final: bool = False) -> None:
        super().__init__(message)
        self.message, self.weight, self.final = message, weight, final
