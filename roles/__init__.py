"""Kinds of jobs: role families, roles, the skills that roles require, and moves between roles.

The pages show one role, compare two or three, draw the career map, and help a reader to find the
role that fits.
"""
