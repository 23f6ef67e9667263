"""Sends an alert or a heartbeat to a URL: certificates are verified, and nothing is followed to elsewhere."""

import http.client
import socket
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from console.domain.alerting import WayOut
from console.engine.way_limit import Limit, NotDelivered
from console.engine.way_rules import SECRET_MARK

ANSWER_BYTES_MAX: Final = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent. `body` None: nothing is, as with GET."""

    method: str
    body: bytes | None
    agent: str


def send_web(way: WayOut, request: Request, secret: str | None, limit: Limit) -> None:
    """Send it; every answer but 2xx is a refusal. Raises NotDelivered."""
    try:
        _send(way, request, secret, limit)
    except ssl.SSLCertVerificationError as error:
        raise NotDelivered("certificate", error.verify_message) from error
    except ssl.SSLError as error:
        limit.check()
        raise NotDelivered("tls", error.reason or "") from error
    except socket.gaierror as error:
        raise NotDelivered("unresolved", urlsplit(way.target).hostname or "") from error
    except TimeoutError as error:
        raise NotDelivered("timeout", f"{limit.seconds:g} s") from error
    except http.client.HTTPException as error:
        limit.check()
        raise NotDelivered("unreadable", type(error).__name__) from error
    except OSError as error:
        limit.check()
        raise NotDelivered("unreachable", error.strerror or "") from error


def _send(way: WayOut, request: Request, secret: str | None, limit: Limit) -> None:
    if SECRET_MARK in way.target and not secret:
        raise NotDelivered("no-password")
    url = urlsplit(way.target)
    host, path = url.hostname or "", (url.path or "/") + (f"?{url.query}" if url.query else "")
    headers = {"User-Agent": request.agent, "Connection": "close"}
    if request.body is not None:
        headers["Content-Type"] = "application/json"
    if secret and SECRET_MARK in way.target:
        path = path.replace(SECRET_MARK, secret)
    elif secret:
        headers["Authorization"] = f"Bearer {secret}"
    connection: http.client.HTTPConnection
    if url.scheme == "https":
        context = ssl.create_default_context(cafile=way.option("ca") or None)
        connection = http.client.HTTPSConnection(host, url.port, timeout=limit.left(), context=context)
    else:
        connection = http.client.HTTPConnection(host, url.port, timeout=limit.left())
    try:
        connection.connect()
        open_socket = connection.sock
        limit.ends(lambda: open_socket.shutdown(socket.SHUT_RDWR))
        try:
            connection.request(request.method, path, body=request.body, headers=headers)
        except (http.client.InvalidURL, ValueError) as error:  # its text would show the secret
            raise NotDelivered("unreadable", "a secret that can't stand in a request") from error
        answer = connection.getresponse()
        text = answer.read(ANSWER_BYTES_MAX).decode("utf-8", "replace")
    finally:
        connection.close()
    limit.check()
    if 300 <= answer.status < 400:
        raise NotDelivered("redirected", f"{answer.status}")
    if not 200 <= answer.status < 300:
        said = text.replace(secret, "***") if secret else text
        raise NotDelivered("refused", f"{answer.status} {answer.reason} {said}".strip())
