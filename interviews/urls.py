"""Addresses of questions, question sets, answer frameworks and practice."""

from django.urls import path

from interviews import views

app_name = "interviews"
urlpatterns = [
    path("", views.interview_home, name="interview_home"),
    path("practice/", views.practice, name="practice"),
    path("questions/", views.question_list, name="question_list"),
    path("questions/<key:key>/", views.question_detail, name="question_detail"),
    path("frameworks/<key:key>/", views.answer_framework_detail, name="answer_framework_detail"),
    path("sets/<key:key>/", views.question_set_detail, name="question_set_detail"),
]
