"""Packs: collections as folders or zip files of CSV tables and Markdown files.

Apps declare their tables in `<app>/packs.py`, see `pack_tables`. `exporting` writes a collection as
a pack. `loading` creates and changes rows as a pack states them, and leaves alone what editors have
changed since the last load: `existing_rows` compares each row with the record of its last import.
`tables` reads and writes tables in CSV and XLSX files.
"""
