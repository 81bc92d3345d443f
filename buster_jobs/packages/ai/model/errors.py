"""Errors of the analyst with a model. client_errors.py says which status of an endpoint becomes which error."""

from buster_jobs.packages.errors import BusterError


class ModelRequestRejected(BusterError):
    """The endpoint accepts the key and refuses the request. Fatal: the same request will be refused again."""

    code = "MODEL_REQUEST_REJECTED"
    retryable = False


class BudgetExceeded(BusterError):
    """The analysis used up its steps or tokens. Fatal: another attempt would spend as much."""

    code = "BUDGET_EXCEEDED"
    retryable = False


class UnusableReply(BusterError):
    """The endpoint's reply breaks the format of chat completions: no choices, no text, or cut off each time."""

    code = "UNUSABLE_REPLY"
