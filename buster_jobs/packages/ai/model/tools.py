"""The three tools of the model, and what each returns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from buster_jobs.packages.ai.model.limits import Limits
from buster_jobs.packages.ai.model.table_description import describe_table, summary
from buster_jobs.packages.ai.schema.statistics import Statistics, TableStatistics
from buster_jobs.packages.ai.values import clean_text, json_rows
from buster_jobs.packages.data_sources.catalog import Catalog, Table
from buster_jobs.packages.data_sources.source import DataSource
from buster_jobs.packages.errors import InvalidInput

Result = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Database:
    """What the tools work on. `query_timeout` gives the seconds that the next query may take.

    `statistics` may lack tables of `catalog`.
    """

    source: DataSource
    catalog: Catalog
    limits: Limits
    query_timeout: Callable[[], float]
    statistics: Statistics = field(default_factory=dict[tuple[str, str], TableStatistics])


class Tool(BaseModel):
    """One use of a tool. Its fields are the arguments; the model reads its docstring."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def run(self, database: Database) -> Result:
        """The result of this use. Raises `BusterError`."""
        raise NotImplementedError


class ListTables(Tool):
    """List the tables of the database: schema.name, kind, estimated number of rows, comment."""

    contains: str | None = Field(default=None, description="Only tables whose name or comment contains this text.")

    def run(self, database: Database) -> Result:
        """All tables that match."""
        wanted = (self.contains or "").casefold()
        tables = [table for table in database.catalog.tables if wanted in _searchable(table)]
        return {"tables": [summary(table) for table in tables]}


class DescribeTable(Tool):
    """Describe one table: its columns with types and comments, its primary key and its foreign keys.

    Under "implied": keys, marks of deleted rows, the time of a row, units and computable columns, read from names,
    types and comments. The database declares none of them, so check one before an answer rests on it. A question
    rarely means rows that are marked as deleted.

    Statistics of the columns are added where they are known, with their age. Use them to write a query; an answer needs
    the query's result.
    """

    table: str = Field(description="The table as list_tables names it: schema.name.")

    def run(self, database: Database) -> Result:
        """Its columns and keys, and what is known of them. Raises `InvalidInput` with the closest names."""
        table = _find(database.catalog, self.table)
        known = database.statistics.get((table.schema, table.name))
        return describe_table(table, database.catalog, known, database.limits)


class RunSql(Tool):
    """Run one read-only SQL query and get its first rows."""

    sql: str = Field(description="One SELECT statement, without a semicolon.")

    def run(self, database: Database) -> Result:
        """What ran, its columns, its first rows, and whether there are more."""
        limits = database.limits
        result = database.source.query(self.sql, max_rows=limits.rows, timeout=database.query_timeout())
        rows = json_rows(result.rows[: limits.rows], limits.cell_characters)
        return {
            "sql": result.sql,
            "columns": [clean_text(name) for name in result.columns],
            "rows": [*rows],
            "more_rows": result.truncated or len(result.rows) > len(rows),
        }


TOOLS: dict[str, type[Tool]] = {"list_tables": ListTables, "describe_table": DescribeTable, "run_sql": RunSql}


def tool_schemas() -> list[Result]:
    """The tools in the format of chat completions, without `strict`: many compatible servers refuse or misread it."""
    return [{"type": "function", "function": _schema(name, tool)} for name, tool in TOOLS.items()]


def _schema(name: str, tool: type[Tool]) -> Result:
    parameters: Result = tool.model_json_schema()
    described = {key: value for key, value in parameters.items() if key not in {"title", "description"}}
    return {"name": name, "description": tool.__doc__ or "", "parameters": described}


def _searchable(table: Table) -> str:
    return f"{table.schema}.{table.name} {table.comment or ''}".casefold()


def _find(catalog: Catalog, name: str) -> Table:
    """The table of that name, with or without schema; case is ignored if one table fits. Raises `InvalidInput`."""
    plain = name.replace('"', "").strip()
    names = {f"{table.schema}.{table.name}": table for table in catalog.tables}
    if plain in names:
        return names[plain]
    folded = plain.casefold()
    fitting = [table for full, table in names.items() if folded in {full.casefold(), table.name.casefold()}]
    if len(fitting) == 1:
        return fitting[0]
    close = [f"{table.schema}.{table.name}" for table in fitting] or get_close_matches(plain, names, n=5, cutoff=0.4)
    raise InvalidInput(f"There is no one table {plain!r}; name one of: {', '.join(close) or 'those of list_tables'}.")
