"""Prints a table of figures and writes them as JSON. Measures nothing."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

FOLDER = Path(os.environ.get("BENCH_RESULTS", ".buster/benchmarks"))


def report(name: str, rows: Mapping[str, Mapping[str, float | str]]) -> None:
    """Show `rows`, one for each thing measured, and write FOLDER/name.json."""
    table = Table(title=name)
    table.add_column("")
    for column in next(iter(rows.values())):
        table.add_column(column, justify="right")
    for label, figures in rows.items():
        table.add_row(label, *(_shown(figure) for figure in figures.values()))
    Console().print(table)
    FOLDER.mkdir(parents=True, exist_ok=True)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    (FOLDER / f"{name}.json").write_text(json.dumps({"machine": machine, "rows": rows}, indent=2) + "\n")


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of the values do not exceed."""
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _shown(figure: float | str) -> str:
    return figure if isinstance(figure, str) else f"{figure:.3g}" if abs(figure) < 100 else f"{figure:.0f}"
