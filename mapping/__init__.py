"""Mappings: YAML files that say how the tables of another publisher become a pack."""
