"""The question files app."""

from django.apps import AppConfig


class QuestionFilesConfig(AppConfig):
    """Downloads and an import without models of their own."""

    name = "question_files"
