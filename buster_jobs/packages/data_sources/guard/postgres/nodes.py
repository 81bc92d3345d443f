"""The kinds of syntax that a PostgreSQL query may be made of. What is not listed is refused, known to us or not."""

from sqlglot import exp

ROOTS = (exp.Select, exp.SetOperation, exp.Subquery, exp.Values)

_QUERY = {
    exp.Select, exp.Union, exp.Intersect, exp.Except, exp.Subquery, exp.With, exp.CTE, exp.RecursiveWithSearch,
    exp.From, exp.Join, exp.Lateral, exp.Table, exp.TableAlias, exp.TableSample, exp.Unnest, exp.Values, exp.ColumnDef,
    exp.Where, exp.Group, exp.GroupingSets, exp.Rollup, exp.Cube, exp.Having, exp.Order, exp.Ordered,
    exp.Limit, exp.Offset, exp.Fetch, exp.LimitOptions, exp.Distinct,
}  # fmt: skip
_NAMES_AND_VALUES = {
    exp.Identifier, exp.Column, exp.Star, exp.Alias, exp.Literal, exp.Null, exp.Boolean, exp.BitString, exp.HexString,
    exp.Array, exp.Tuple, exp.Paren, exp.Var, exp.Kwarg, exp.PropertyEQ, exp.Dot, exp.Bracket, exp.Slice,
    exp.Cast, exp.DataType, exp.DataTypeParam,
}  # fmt: skip
_OPERATORS = {
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ,
    exp.Is, exp.In, exp.Between, exp.Exists, exp.Any, exp.All, exp.Like, exp.ILike, exp.SimilarTo, exp.Escape,
    exp.RegexpLike, exp.RegexpILike, exp.Operator, exp.StartsWith, exp.Collate, exp.AtTimeZone, exp.Overlaps,
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Pow, exp.Sqrt, exp.Cbrt, exp.Neg, exp.DPipe,
    exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseNot, exp.BitwiseLeftShift, exp.BitwiseRightShift,
    exp.ArrayContainsAll, exp.ArrayContainedBy, exp.ArrayOverlaps, exp.Adjacent, exp.ExtendsLeft, exp.ExtendsRight,
    exp.Distance, exp.MatchAgainst, exp.JSON, exp.JSONExtract, exp.JSONExtractScalar, exp.JSONBExtract,
    exp.JSONBExtractScalar, exp.JSONBContainsTopKey, exp.JSONBContainsAllTopKeys, exp.JSONBContainsAnyTopKeys,
    exp.JSONBDeleteAtPath, exp.JSONBPathExists,
}  # fmt: skip
_CALLS = {
    exp.Anonymous, exp.Case, exp.If, exp.Extract, exp.Overlay, exp.StrPosition, exp.Substring, exp.Trim,
    exp.CurrentDate, exp.CurrentTime, exp.CurrentTimestamp, exp.Localtime, exp.Localtimestamp,
    exp.Filter, exp.WithinGroup, exp.Window, exp.WindowSpec,
}  # fmt: skip

NODES: frozenset[type[exp.Expr]] = frozenset(_QUERY | _NAMES_AND_VALUES | _OPERATORS | _CALLS)

# The binary operators that sqlglot has no node for and that the lexer writes as OPERATOR(…).
SPELLED_OPERATORS = frozenset({"pg_catalog.!~", "pg_catalog.!~*"})
