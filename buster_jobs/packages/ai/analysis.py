"""What an analyst returns, as plain values that JSON can hold."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class ToolCall(BaseModel):
    """One use of a tool. For `run_sql`, `arguments["sql"]` is the SQL and `result` has `columns` and `rows`."""

    model_config = ConfigDict(frozen=True)

    name: str
    arguments: dict[str, JsonValue]
    result: JsonValue = None
    error: str | None = None


class Usage(BaseModel):
    """What an analysis cost. Tokens are 0 for the offline analyst."""

    model_config = ConfigDict(frozen=True)

    model: str
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = Field(default=None, description="In the currency of BUSTER_MODEL_PRICES, if it has the model.")


class Analysis(BaseModel):
    """An answer. `answered` is False when the analyst declined; `response` then says why, and what it can do."""

    model_config = ConfigDict(frozen=True)

    response: str
    answered: bool
    sql: str | None = Field(default=None, description="The query whose result the answer rests on.")
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[JsonValue, ...], ...] = Field(default=(), description="The first rows, at most 50.")
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage
    message_id: UUID = Field(description="The id under which the answer is to be stored, once.")
