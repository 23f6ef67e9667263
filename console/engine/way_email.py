"""Sends one alert as an e-mail: encrypted where the way says so, the password never over an open line."""

import smtplib
import socket
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from console.domain.alerting import WayOut
from console.engine.way_limit import Limit, NotDelivered
from console.engine.way_rules import loopback, recipients_of
from console.governance.alert_text import Notice, subject_of, text_of

PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
READY: Final = 220


class _Mailer(smtplib.SMTP):
    """A connection that is cut when the limit is over, wherever it hangs; `tls`: encrypted from the first byte."""

    def __init__(self, host: str, *, limit: Limit, tls: bool, context: ssl.SSLContext) -> None:
        self._limit, self._tls, self._context = limit, tls, context
        # Without a name of our own the library asks the name service for one, which may hang.
        super().__init__(local_hostname=socket.gethostname() or "localhost", timeout=limit.left())
        self._host = host  # the name that a certificate is judged by

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        self._limit.ends(lambda: plain.shutdown(socket.SHUT_RDWR))
        if not self._tls:
            return plain
        return self._context.wrap_socket(plain, server_hostname=host)


def mail_of(way: WayOut, notice: Notice) -> EmailMessage:
    """The message. All messages about one alert stand in one thread of the reader's program."""
    mail, domain = EmailMessage(), "ledger-console.invalid"
    mail["Subject"] = subject_of(notice)
    mail["From"] = way.option("from")
    mail["To"] = ", ".join(recipients_of(way))
    mail["Date"] = format_datetime(notice.at)
    mail["Message-ID"] = f"<{notice.alert.id}.{notice.change.value}.{notice.at.timestamp():.0f}@{domain}>"
    mail["References"] = f"<{notice.alert.id}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text_of(notice))
    return mail


def send_mail(way: WayOut, notice: Notice, secret: str | None, limit: Limit) -> None:
    """Hand it to the mail server. Raises NotDelivered."""
    try:
        refused = _sent(way, notice, secret, limit)
    except smtplib.SMTPException as error:
        limit.check()
        raise _said(error) from error
    except ssl.SSLCertVerificationError as error:
        raise NotDelivered("certificate", error.verify_message) from error
    except ssl.SSLError as error:
        limit.check()
        raise NotDelivered("tls", error.reason or "") from error
    except socket.gaierror as error:
        raise NotDelivered("unresolved", way.option("smtp", "localhost")) from error
    except TimeoutError as error:
        raise NotDelivered("timeout", f"{limit.seconds:g} s") from error
    except OSError as error:
        limit.check()
        raise NotDelivered("unreachable", error.strerror or "") from error
    if refused:
        # The others have it: once more would be twice for them.
        raise NotDelivered("refused", ", ".join(refused), final=True)


def _sent(way: WayOut, notice: Notice, secret: str | None, limit: Limit) -> tuple[str, ...]:
    tls, host = way.option("tls", "starttls"), way.option("smtp", "localhost")
    port, user = int(way.option("port") or PORTS[tls]), way.option("user")
    if user and not secret:
        raise NotDelivered("no-password")
    context = ssl.create_default_context(cafile=way.option("ca") or None)
    mail = mail_of(way, notice)
    with _Mailer(host, limit=limit, tls=tls == "tls", context=context) as server:
        code, said = server.connect(host, port)
        limit.check()
        if code != READY:
            raise NotDelivered("refused", f"{code} {_text(said)}")
        server.ehlo()
        if tls == "starttls":
            server.starttls(context=context)
            server.ehlo()
        if user:
            if tls == "none" and not loopback(host):
                raise NotDelivered("tls", "a password is not sent over an open line")
            server.login(user, secret or "")
        limit.check()
        return tuple(server.send_message(mail))


def _said(error: smtplib.SMTPException) -> NotDelivered:
    match error:
        case smtplib.SMTPAuthenticationError():
            return NotDelivered("login-refused", _text(error.smtp_error))
        case smtplib.SMTPNotSupportedError():
            return NotDelivered("no-starttls", str(error))
        case smtplib.SMTPRecipientsRefused():
            said = "; ".join(f"{who} {code} {_text(text)}" for who, (code, text) in error.recipients.items())
            return NotDelivered("refused", said)
        case smtplib.SMTPResponseException():
            return NotDelivered("refused", f"{error.smtp_code} {_text(error.smtp_error)}")
        case smtplib.SMTPServerDisconnected():
            return NotDelivered("unreadable", str(error))
        case _:
            return NotDelivered("refused", str(error))


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
