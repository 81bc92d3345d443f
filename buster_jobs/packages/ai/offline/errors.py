"""The two ways in which the offline analyst gives up: one reading of a question, or the whole question."""


class Declined(Exception):
    """Why a question is not answered, as a clause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Misread(Exception):
    """A reading contradicts itself or leaves something open. The message is a clause that says what, for people."""

    def __init__(self, message: str, *, weight: int = 1, final: bool = False) -> None:
        super().__init__(message)
        # `final`: a reading that fits less well must not take this one's place.
        self.message, self.weight, self.final = message, weight, final
