"""Packs: a collection as a folder or zip of CSV and Markdown files.

It is loaded with all edits kept, and exported.
"""
