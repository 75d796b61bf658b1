"""Checks the content of a pack as a critical editor would, without a database.

Loading refuses packs that are broken; these rules find content that is missing, repeated,
unsourced, unfair or hard to read. `findings` registers the rules in `rules/`, each with its reason,
and `checking` applies them to the rows of `pack_rows`.
"""
