"""How writes share a database: transactions that lock late, rows locked in one order, previews.

On SQLite a write is prepared before the only lock is taken, and a preview runs in a copy of the
database; on PostgreSQL rows are locked in the order of their models. ADR 2 has the reasons.
"""
