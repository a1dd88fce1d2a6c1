"""The articles on disk: find, read, parse, flag. Never writes to an article."""
