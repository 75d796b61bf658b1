"""Reads the files of other publishers into records of texts: CSV, XLSX, JSON, YAML and Markdown.

`options` says how a file is read, `files` chooses the reader. `mapping` makes packs of the records;
`interchange` and `rsd` read their tables with it.
"""
