"""Sends an e-mail through an SMTP server."""

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from buster_jobs.packages.errors import ConfigurationError, Unavailable

TIMEOUT_SECONDS = 10.0
_MALFORMED = (
    "BUSTER_SMTP_URL must be smtp://user:password@host:587 (STARTTLS), smtps://… (TLS) or smtp+plain://host:25."
)


def send_mail(
    *, smtp_url: str, sender: str, recipients: Sequence[str], subject: str, body: str, message_id: str
) -> None:
    """Send plain text. Retries of a mail have the same `message_id`, by which receivers detect duplicates.

    Raises `ConfigurationError` for a malformed URL, `Unavailable` for an error that may pass.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = ", ".join(recipients)
    message["Subject"] = " ".join(subject.split())[:200]
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2]}>"
    message.set_content(body)
    scheme, host, port, user, password = _parse(smtp_url)
    try:
        with _connect(scheme, host, port) as server:
            if user:
                server.login(user, password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        # Only the class of the error: the server's answer may repeat what we sent.
        raise Unavailable(f"The SMTP server {host} did not take the mail ({type(error).__name__}).") from None


def _connect(scheme: str, host: str, port: int) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    if scheme == "smtp":
        server.starttls(context=ssl.create_default_context())
    return server


def _parse(url: str) -> tuple[str, str, int, str, str]:
    try:
        parts = urlsplit(url)
        ports = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
        port = parts.port or ports[parts.scheme]
    except (ValueError, KeyError):
        raise ConfigurationError(_MALFORMED) from None
    if not parts.hostname:
        raise ConfigurationError(_MALFORMED)
    return parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or "")
