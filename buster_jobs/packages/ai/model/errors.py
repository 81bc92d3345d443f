"""The failures that only an analyst with a model has. What an endpoint's status means is in client_errors.py."""

from buster_jobs.packages.errors import BusterError


class ModelRequestRejected(BusterError):
    """The endpoint understood who we are and refuses the request itself; the same request will be refused again."""

    code = "MODEL_REQUEST_REJECTED"
    retryable = False


class BudgetExceeded(BusterError):
    """The analysis used up its steps or tokens. Not tried again: another attempt would spend as much."""

    code = "BUDGET_EXCEEDED"
    retryable = False


class UnusableReply(BusterError):
    """The endpoint answered, but not with what chat completions promise: no choices, cut off for ever, or empty."""

    code = "UNUSABLE_REPLY"
