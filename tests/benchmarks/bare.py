"""The application to compare with: Django with one view that sends the same number of bytes."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

SIZE = int(os.environ["BARE_SIZE"])
BODY = os.urandom(SIZE)
HEADERS = {"Content-Length": str(SIZE)}


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, headers=HEADERS)


settings.configure(
    SECRET_KEY=os.environ["SECRET_KEY"],
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DEBUG=False,
)
urlpatterns = [re_path("", page)]
application = get_wsgi_application()
