"""Which columns people know a row by: names, titles, readable keys. No plans, no SQL."""

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
    """Whether a key is a number or an id that means nothing to people."""
    return column.type == "integer" or column.sql_type.lower() == "uuid"


def naming_columns(table: Table) -> list[Column]:
    """The columns that together name a row; none when nothing does."""
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
    """Whether its rows are people, as its name says, or first and last names of its own."""
    return table_words(table)[-1] in _PEOPLE or len(naming_columns(table)) > 1


def rows_of(table: Table, count: object = 2) -> str:
    """What the rows of a table are called: the words of its name, in the number that fits."""
    words = bare_table_words(table)
    last = singular(words[-1])
    if count == 1:
        return " ".join((*words[:-1], last))
    # Whether a name in the singular has a plural, as "staff" has not, nobody says.
    return " ".join(words) if words[-1] != last else " ".join((*words, "rows"))
