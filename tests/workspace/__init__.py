"""Tests of reader.workspace."""
