"""Reads a pack as a critical editor would.

It finds what is missing, said twice, unsourced, unfair or hard to read.

Loading refuses what is broken; this says what is poor. It needs no database.
"""
