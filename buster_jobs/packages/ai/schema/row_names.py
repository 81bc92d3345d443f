"""What people call rows: the columns that name one, the noun for several, and whether they are people."""

from buster_jobs.packages.ai.schema.comments import read_comment
from buster_jobs.packages.ai.schema.names import bare_table_words, expand, table_words
from buster_jobs.packages.ai.schema.words import singular, split_name, word_set
from buster_jobs.packages.data_sources.catalog import Column, Table

_WHOLE = frozenset({"name", "title", "label", "fullname"})
_FIRST = frozenset({"first", "given", "firstname", "forename"})
_LAST = frozenset({"last", "family", "lastname", "surname"})
_PEOPLE = word_set(
    """
    customer client user person employee staff member patient doctor nurse student teacher author owner player driver
    passenger guest agent representative rep manager contact subscriber visitor tenant vendor supplier seller buyer
    donor volunteer artist actor director instructor physician technician worker candidate applicant
    vet veterinarian dentist lawyer attorney host presenter captain pilot chef waiter coach trainer intern parent
    resident citizen judge writer editor singer musician
    """
)


def is_surrogate(column: Column) -> bool:
    """Whether a key is a number or a UUID, which means nothing to people."""
    return column.type == "integer" or column.sql_type.lower() == "uuid"


def naming_columns(table: Table) -> list[Column]:
    """The columns that together name a row (one, or first and last name); empty when there are none."""
    texts = [column for column in table.columns if column.type == "text"]
    first = [column for column in texts if set(_words(column)) & _FIRST]
    last = [column for column in texts if set(_words(column)) & _LAST]
    if first and last:
        return [first[0], last[0]]
    own = set(table_words(table))
    whole = [c for c in texts if set(_words(c)) & _WHOLE or _words(c) == ("full", "name")]
    whole.sort(key=lambda c: len([word for word in _words(c) if word not in own]))
    if whole:
        return whole[:1]
    noted = [c for c in texts if (head := read_comment(c).head) and head[-1] in _WHOLE]
    noted += [c for c in texts if (head := read_comment(c).head) and head[0] in _WHOLE and c not in noted]
    described = [c for c in texts if (*own, "description") == _words(c)]
    return (noted or described)[:1]


def _words(column: Column) -> tuple[str, ...]:
    return expand(split_name(column.name))


def is_person(table: Table) -> bool:
    """Whether the rows are people: by the table's name, or because it has first and last names."""
    return table_words(table)[-1] in _PEOPLE or len(naming_columns(table)) > 1


def rows_of(table: Table, count: object = 2) -> str:
    """What the rows of a table are called: the words of its name, in the singular when `count` is 1."""
    words = bare_table_words(table)
    last = singular(words[-1])
    if count == 1:
        return " ".join((*words[:-1], last))
    # A name in the singular may have no plural ("staff"), so "rows" is added instead.
    return " ".join(words) if words[-1] != last else " ".join((*words, "rows"))
