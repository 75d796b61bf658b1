"""Reads and writes rich skill descriptors (RSD), as tables and as the JSON of OSMT."""
