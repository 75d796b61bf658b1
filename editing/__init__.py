"""The admin that all content shares: forms, parts of a row, history, undelete, conflicts, actions, late locks."""
