"""Attacks, and queries as analysts and models write them, one a line, by engine. Nothing here runs them."""

from pathlib import Path

ENGINES = ("postgres", "mysql", "sqlite", "duckdb")


def attacks(dialect: str, port: int = 9) -> list[str]:
    """What the engine must not be asked. Those that reach out try loopback's `port`."""
    return [_at(port, line) for line in _lines(f"{dialect}_attacks.sql")]


def queries(dialect: str) -> list[str]:
    """What the engine must be asked, over the shop."""
    return _lines(f"{dialect}_queries.sql")


def _at(port: int, line: str) -> str:
    return line.replace("127.0.0.1/", f"127.0.0.1:{port}/").replace("host=127.0.0.1", f"host=127.0.0.1 port={port}")


def _lines(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text().splitlines()
