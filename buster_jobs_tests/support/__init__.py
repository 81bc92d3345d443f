"""Helpers that tests of several folders share: servers, processes, waiting, and data that is made for a test."""
