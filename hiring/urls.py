"""Addresses of loops, kits, scorecards and calibration; all begin with ``interviews/``."""

from django.urls import path

from hiring import views

app_name = "hiring"
urlpatterns = [
    path("builder/", views.loop_builder, name="loop_builder"),
    path("builder/kit/", views.loop_kit, name="loop_kit"),
    path("builder/scorecard/", views.loop_scorecard, name="loop_scorecard"),
    path(
        "builder/scorecard.<file_form:form>",
        views.loop_scorecard_file,
        name="loop_scorecard_file",
    ),
    path("builder/questions.<file_form:form>", views.loop_questions, name="loop_questions"),
    path("calibration/", views.calibration, name="calibration"),
    path("sets/<key:key>/kit/", views.question_set_kit, name="question_set_kit"),
    path("sets/<key:key>/scorecard/", views.question_set_scorecard, name="question_set_scorecard"),
    path(
        "sets/<key:key>/scorecard.csv",
        views.question_set_scorecard_csv,
        name="question_set_scorecard_csv",
    ),
    path(
        "sets/<key:key>/scorecard.xlsx",
        views.question_set_scorecard_xlsx,
        name="question_set_scorecard_xlsx",
    ),
]
