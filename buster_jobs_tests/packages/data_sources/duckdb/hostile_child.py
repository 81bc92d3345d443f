"""A child whose customer's file took it over: each of its answers makes the file that the request names."""

import pickle
import sys


class Hostile:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (self.path, "w")


if __name__ == "__main__":
    while True:
        request = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the test
        pickle.dump((("a",), ((Hostile(request.path),),), False), sys.stdout.buffer)
        sys.stdout.buffer.flush()
