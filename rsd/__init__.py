"""Reads and writes rich skill descriptors (RSD), as tables and as the JSON of OSMT.

They contain only skills. `interchange` has what they share with CASE packages, which contain whole
collections.
"""
