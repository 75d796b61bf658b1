"""Searches what is published: index, queries, ranking, highlighting, spelling.

For SQLite and PostgreSQL.
"""
