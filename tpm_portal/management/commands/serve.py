"""Prepares the portal and serves it: `manage.py serve`."""

import errno
import os
import socket
import sys
from typing import NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from tpm_portal.environment import BASE_DIR
from tpm_portal.operations.preparation import local_url


class Command(BaseCommand):
    """Prepares the portal, then replaces this process with the server."""

    help = "Prepares the portal (see `prepare`) and serves it at HOST and PORT until it is stopped."
    requires_system_checks: list[str] = []

    def handle(self, *args: str, **options: object) -> None:
        if settings.DEBUG:
            raise CommandError(
                "DEBUG is on, which shows secrets to visitors. Use runserver for development."
            )
        check_port(settings.HOST, settings.PORT)
        call_command("prepare", stdout=self.stdout)
        if settings.PLAIN_HTTP:
            self.stdout.write(
                "Serving plain HTTP, for this machine only: passwords and sessions travel "
                "unencrypted."
            )
        self.stdout.write(f"The portal is at {local_url()}/ (Ctrl-C ends it).")
        become_server()


def check_port(host: str, port: int) -> None:
    """Check that the server can listen there: its own message would come late, in a long log.

    :raises CommandError: if another process listens there, or this machine has no such address.
    """
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, socket_type, protocol, _, address = addresses[0]
        with socket.socket(family, socket_type, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        advice = " Choose another one with PORT." if error.errno == errno.EADDRINUSE else ""
        raise CommandError(
            f"Cannot listen at {host}, port {port}: {error.strerror}.{advice}"
        ) from error


def become_server() -> NoReturn:
    """Replace this process, so that signals reach the server itself."""
    connections.close_all()
    sys.stdout.flush()
    configuration = str(BASE_DIR / "gunicorn.conf.py")
    command = [sys.executable, "-m", "gunicorn", "--config", configuration, "tpm_portal.wsgi"]
    os.execv(sys.executable, command)
