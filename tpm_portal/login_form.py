"""The form of the login."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import User
from django.forms import TextInput


class LoginForm(AdminAuthenticationForm):
    """Refuses names longer than any account has.

    Django only tells the browser how long a name may be, and every failed login is recorded with
    the name that was sent.
    """

    username = UsernameField(
        max_length=User._meta.get_field("username").max_length,
        widget=TextInput(attrs={"autofocus": True}),
    )
