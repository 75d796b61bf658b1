"""Searches what is published: index, queries, ranking, highlighting, spelling; for SQLite and PostgreSQL."""
