"""The application server's settings.

Gunicorn reads this file by itself when started in this folder.
"""

import os
import signal
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from tpm_portal.environment import Environment
from tpm_portal.logs import logging_settings

env = Environment()
bind = f"[{env.host}]:{env.port}" if ":" in env.host else f"{env.host}:{env.port}"
chdir = str(Path(__file__).parent)

worker_class = "gthread"
workers = env.workers
threads = 4
# Loaded once, before the workers are forked: a new worker costs milliseconds, and a fault ends the
# start.
preload_app = True
timeout = 30
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8190
# Whether the visitor came by HTTPS is Django's decision alone (TRUSTED_PROXIES).
forwarded_allow_ips = ""
# Workers prove that they live by touching a file, which on a busy disk can block them.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True
umask = 0o077
logconfig_dict = logging_settings(**{"gunicorn.error": "INFO"})


def when_ready(master: Arbiter) -> None:
    """Ctrl-C ends the server as a service manager does.

    Its own quicker way has workers shut down their threads from within a signal, where one that has
    just begun a request waits for its own lock until it is killed, 20 seconds later.
    """
    signal.signal(signal.SIGINT, lambda *received: os.kill(os.getpid(), signal.SIGTERM))


def post_worker_init(worker: Worker) -> None:
    """Ctrl-C in a terminal is heard by the workers too.

    Only the master acts on it, and tells them itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
