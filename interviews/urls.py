"""Addresses of questions, question sets and answer frameworks."""

from django.urls import path

from interviews import calibration_views, csv_views, loop_views, practice_views, views

app_name = "interviews"
urlpatterns = [
    path("", views.interview_home, name="interview_home"),
    path("builder/", loop_views.loop_builder, name="loop_builder"),
    path("builder/kit/", loop_views.loop_kit, name="loop_kit"),
    path("builder/scorecard/", loop_views.loop_scorecard, name="loop_scorecard"),
    path(
        "builder/scorecard.<file_form:form>",
        loop_views.loop_scorecard_file,
        name="loop_scorecard_file",
    ),
    path("builder/questions.<file_form:form>", loop_views.loop_questions, name="loop_questions"),
    path("practice/", practice_views.practice, name="practice"),
    path("calibration/", calibration_views.calibration, name="calibration"),
    path("questions/", views.question_list, name="question_list"),
    path("questions.csv", csv_views.question_csv, name="question_csv"),
    path("questions.<file_form:form>", csv_views.question_file, name="question_file"),
    path("questions/<key:key>/", views.question_detail, name="question_detail"),
    path("frameworks/<key:key>/", views.answer_framework_detail, name="answer_framework_detail"),
    path("sets/<key:key>/", views.question_set_detail, name="question_set_detail"),
    path("sets/<key:key>/kit/", views.question_set_kit, name="question_set_kit"),
    path("sets/<key:key>/scorecard/", views.question_set_scorecard, name="question_set_scorecard"),
    path(
        "sets/<key:key>/scorecard.csv",
        csv_views.question_set_scorecard_csv,
        name="question_set_scorecard_csv",
    ),
    path(
        "sets/<key:key>/scorecard.xlsx",
        csv_views.question_set_scorecard_xlsx,
        name="question_set_scorecard_xlsx",
    ),
    path("sets/<key:key>/questions.csv", csv_views.question_set_csv, name="question_set_csv"),
    path(
        "sets/<key:key>/questions.<file_form:form>",
        csv_views.question_set_file,
        name="question_set_file",
    ),
]
