"""The application server's settings; gunicorn reads this file by itself when started in this folder."""

import multiprocessing
import os
from pathlib import Path

from tpm_portal.logs import to_stderr

host = os.environ.get("HOST", "127.0.0.1")
bind = f"[{host}]:{os.environ.get('PORT', '8000')}" if ":" in host else f"{host}:{os.environ.get('PORT', '8000')}"
chdir = str(Path(__file__).parent)

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * multiprocessing.cpu_count()))
threads = 4
# Loaded once, before the workers are forked: a new worker costs milliseconds, and a fault ends the start.
preload_app = True
timeout = 30
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
limit_request_line = 8190
# Whether the visitor came by HTTPS is Django's decision alone (TRUSTED_PROXIES).
forwarded_allow_ips = ""
# Workers prove that they live by touching a file, which on a busy disk can block them.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True
umask = 0o077
logconfig_dict = to_stderr(**{"gunicorn.error": "INFO"})
