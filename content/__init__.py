"""What all content shares.

It holds visibility, change tracking, collections, redirects, Markdown, public pages.
"""
