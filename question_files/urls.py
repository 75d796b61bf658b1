"""Addresses of question files; all begin with ``interviews/``."""

from django.urls import path

from question_files import views

app_name = "question_files"
urlpatterns = [
    path("questions.csv", views.question_csv, name="question_csv"),
    path("questions.<file_form:form>", views.question_file, name="question_file"),
    path("sets/<key:key>/questions.csv", views.question_set_csv, name="question_set_csv"),
    path(
        "sets/<key:key>/questions.<file_form:form>",
        views.question_set_file,
        name="question_set_file",
    ),
]
