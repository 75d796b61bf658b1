"""The hiring app."""

from django.apps import AppConfig


class HiringConfig(AppConfig):
    """Pages and admin without models of their own."""

    name = "hiring"
