"""Suites behind the promises of docs/safety.md."""
