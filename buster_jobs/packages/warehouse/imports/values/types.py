"""The types that an import can fill, with their limits: from a declaration, or from a column of a table."""

from pydantic import BaseModel, ConfigDict

from buster_jobs.packages.errors import InvalidInput

_NEW = {
    "text": "text",
    "integer": "bigint",
    "number": "double precision",
    "decimal": "numeric",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
    "uuid": "uuid",
    "json": "jsonb",
}
_KINDS = {
    "text": "text",
    "varchar": "text",
    "bpchar": "text",
    "int2": "integer",
    "int4": "integer",
    "int8": "integer",
    "float4": "number",
    "float8": "number",
    "numeric": "decimal",
    "bool": "boolean",
    "date": "date",
    "time": "time",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
    "uuid": "uuid",
    "json": "json",
    "jsonb": "json",
}
_BITS = {"int2": 16, "int4": 32, "float4": 32}
_VARHDRSZ = 4


class SqlType(BaseModel):
    """`kind` is the name in a declaration. `length` limits text, `bits` limits integers and numbers, `precision` and
    `scale` limit decimals. None means the limit of the type itself.
    """

    model_config = ConfigDict(frozen=True)

    kind: str
    length: int | None = None
    bits: int = 64
    precision: int | None = None
    scale: int | None = None

    def sql(self) -> str:
        """The type of a new table's column."""
        return _NEW[self.kind]

    def staged_sql(self) -> str:
        """The type of the staging column for an existing column: json keeps the spelling that jsonb would lose."""
        return "json" if self.kind == "json" else self.sql()


def type_in_table(column: str, name: str, modifier: int) -> SqlType:
    """The type of a table's column, by pg_type.typname and pg_attribute.atttypmod. Raises `InvalidInput`."""
    kind = _KINDS.get(name)
    if kind is None:
        raise InvalidInput(
            f"The table's column {column} has the type {name}, which an import cannot fill: leave it out."
        )
    if kind == "decimal" and modifier >= _VARHDRSZ:
        # numeric_typmod of PostgreSQL's numeric.c: precision in the upper 16 bits, the scale in 11, signed.
        packed = modifier - _VARHDRSZ
        return SqlType(kind=kind, precision=packed >> 16, scale=((packed & 0x7FF) ^ 1024) - 1024)
    if kind == "text" and modifier >= _VARHDRSZ:
        return SqlType(kind=kind, length=modifier - _VARHDRSZ)
    return SqlType(kind=kind, bits=_BITS.get(name, 64))
