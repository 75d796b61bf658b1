"""The project: settings, the admin site, pages about the whole site, commands and operation.

It puts together the apps of the content, which it imports and which never import it.
"""
