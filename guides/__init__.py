"""Guides: longer articles for newcomers, practitioners, interviewers and editors.

A guide names the roles, skills and ladders that it is about, and their pages link to it.
"""
