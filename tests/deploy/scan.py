"""Run a scanner against the whole site on loopback, behind nginx with TLS, as it is deployed.

``python -m tests.deploy.scan COMMAND ...`` serves on ports 80 and 443 (it needs the right to, and ``127.0.0.1
selfcheck.test`` in /etc/hosts), runs the command with the certificate trusted, and ends. See docs/security.md.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.deploy.cluster import running

PLAIN, TLS = 80, 443


def main() -> int:
    """The exit status of the command."""
    with running((PLAIN, TLS)) as cluster:
        trusted = str(cluster.folder / "selfcheck.crt")
        environment = {**os.environ, "NODE_EXTRA_CA_CERTS": trusted, "SSL_CERT_FILE": trusted}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
