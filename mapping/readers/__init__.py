"""Reads files into records: tables, workbooks, JSON, YAML and Markdown."""
