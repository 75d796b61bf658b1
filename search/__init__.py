"""The search over everything that is published: index, queries, ranking, highlighting, spelling.

Each published row of a searchable model has an entry, written in the transaction that changes the
row. SQLite (FTS5) and PostgreSQL (text search vectors) find entries; the ranking is the same on
both.
"""
