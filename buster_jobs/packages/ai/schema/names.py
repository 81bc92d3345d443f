"""The words of names in a catalog: abbreviations written out, and prefixes such as `dim_` removed."""

from buster_jobs.packages.ai.schema.words import singular, split_name
from buster_jobs.packages.data_sources.catalog import Table

KEY_WORDS = frozenset({"id", "key", "code", "fk", "pk", "no", "uuid"})
_TABLE_PREFIXES = frozenset({"dim", "fact", "fct", "tbl", "stg", "vw", "mv", "t", "tb", "raw"})
_SHORT = {
    "qty": "quantity", "amt": "amount", "num": "number", "nbr": "number", "dob": "birth", "addr": "address",
    "desc": "description", "cat": "category", "cust": "customer", "prod": "product", "emp": "employee",
    "dept": "department", "yr": "year", "mo": "month", "avg": "average", "pct": "percent", "dt": "date", "ts": "time",
    "tel": "phone", "temp": "temperature", "mgr": "manager", "org": "organization", "acct": "account",
    "inv": "invoice", "trx": "transaction", "txn": "transaction", "cnt": "count", "ctry": "country", "loc": "location",
    "grp": "group", "lvl": "level", "usr": "user", "appt": "appointment", "pat": "patient", "supp": "supplier",
    "whse": "warehouse", "wh": "warehouse", "ord": "order", "sal": "salary", "vol": "volume", "len": "length",
    "nm": "name", "cd": "code", "stat": "status", "sts": "status", "wt": "weight", "cr": "credit", "seg": "segment",
    "cntry": "country", "shpmt": "shipment", "shpt": "shipment",
    "frt": "freight", "dlvd": "delivered", "dlv": "delivery", "reg": "region", "tot": "total", "disc": "discount",
    "bal": "balance", "pmt": "payment", "svc": "service", "req": "request", "pt": "point", "wk": "week",
    "cap": "capacity", "descr": "description", "fname": "firstname", "lname": "lastname", "resv": "reservation",
    "curr": "currency", "cls": "class", "lic": "license", "veh": "vehicle", "mth": "month", "pop": "population",
}  # fmt: skip


def expand(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with abbreviations written out."""
    return tuple(_SHORT.get(word, word) for word in words)


def table_words(table: Table) -> tuple[str, ...]:
    """The words of a table's name in the singular, without prefixes such as `dim_`."""
    return tuple(map(singular, bare_table_words(table)))


def bare_table_words(table: Table) -> tuple[str, ...]:
    """The words of a table's name in the number that it has, without prefixes such as `dim_`."""
    words = split_name(table.name)
    while len(words) > 1 and words[0] in _TABLE_PREFIXES:
        words = words[1:]
    return expand(words)


def has_status(table: Table) -> bool:
    """Whether a column of the table is called status, state or stage."""
    return any({"status", "state", "stage"} & set(expand(split_name(column.name))) for column in table.columns)
