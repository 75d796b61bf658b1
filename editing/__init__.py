"""The admin that all content shares.

It has forms, parts of a row, history, undelete, conflicts, actions, late locks.
"""
