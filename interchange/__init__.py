"""Exchanges collections with other programs in the formats CASE and RSD.

CASE packages hold whole collections, rich skill descriptors only skills. Both are read into the
tables of a pack, which `packs` loads, and both are written from the rows that a pack would hold
(`export_rows`). `packs` lists the tables of all apps.
"""
