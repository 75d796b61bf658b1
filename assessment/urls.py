"""Addresses of the self-assessment; all begin with ``assess/``."""

from django.urls import path

from assessment import views

app_name = "assessment"
urlpatterns = [
    path("", views.assessment_choice, name="assessment_choice"),
    path("<key:key>/<slug:slug>/", views.assessment, name="assessment"),
]
