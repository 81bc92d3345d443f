"""Webhooks, by the rules of Standard Webhooks (standardwebhooks.com)."""
