"""The admin that all content shares: its base classes, forms and history.

`content_admin` has the base class of the admin of every kind of content, and `admin` the base
classes for rows of collections. Their forms (`forms`, `inlines`, `fields`) merge the saves of two
editors (`merging`, `inline_merging`, `conflicts`). Saves can be reverted and deletions recovered
(`history` and the modules that it imports). The package `transactions` makes their writes wait for
each other as briefly as possible.
"""
