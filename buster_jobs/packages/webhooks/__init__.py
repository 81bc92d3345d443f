"""Webhooks, by the specification Standard Webhooks (standardwebhooks.com)."""
