"""Adds the download of selected questions to their list in the admin."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from interviews.models import Question
from interviews.models.questions import QuestionQuerySet
from question_files.export import questions_response, site_of


@admin.action(description="Download as CSV", permissions=["view"])
def download_questions(
    modeladmin: "admin.ModelAdmin[Question]", request: HttpRequest, queryset: QuerySet[Question]
) -> HttpResponseBase:
    """A file of those that visitors see, and a message about the others."""
    assert isinstance(queryset, QuestionQuerySet)
    hidden = queryset.count() - queryset.published().count()
    if hidden:
        text = (
            f"The file does not contain {hidden} of the selected questions because they are not "
            "published."
        )
        modeladmin.message_user(request, text, messages.WARNING)
    return questions_response(queryset, site=site_of(request))


question_admin = admin.site.get_model_admin(Question)
question_admin.actions = [*(question_admin.actions or ()), download_questions]
