"""Exchanges collections with other programs as CASE packages, and what `rsd` shares with them.

Both formats are read into the tables of a pack, which the package `packs` loads, and written from
the rows that a pack would contain. `interchange.packs` has the tables of all apps and these rows.
"""
