"""Plain SMTP: prepared bytes over one connection, and what each answer of the server means for the mail in hand."""

import contextlib
import email.utils
import re
import select
import smtplib
import socket
from collections import OrderedDict
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from .faults import Away, MayHaveGone, Refused, TryLater, without_addresses
from .leases import Leased
from .models import Message
from .prepared import NotWritable, Prepared

ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
MAILS_A_CONNECTION = 100
# A server may look through a mail before it says yes (RFC 5321 4.5.3.2.6), and giving up early leaves an unknown.
SECONDS_FOR_THE_LAST_ANSWER = 60
PREPARED_KEPT = 50
NO_SUCH_MAILBOX = "5.1.1"  # RFC 3463
TOO_LARGE = 552


class Letter(NamedTuple):
    recipient: str
    body: bytes


class Reply(NamedTuple):
    code: int
    said: bytes

    @property
    def words(self) -> str:
        return f"{self.code} {without_addresses(self.said)}"


class Smtp:
    """One connection of Django's SMTP backend, kept from mail to mail. Not for two threads at once."""

    def __init__(self, backend: SmtpBackend) -> None:
        self.backend: Any = backend  # its connection is its own business, and the stub's
        self.sender = email.utils.parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        self.handed_over = 0
        self._prepared: OrderedDict[int, Prepared] = OrderedDict()

    def write(self, row: Leased, message: Message) -> Letter:
        """The mail's bytes.

        Raises:
            NotWritable: it can't be written; says why.
        """
        prepared = self._prepared.get(row.message_id)
        if prepared is None:
            prepared = self._prepared[row.message_id] = Prepared(message)
            if len(self._prepared) > PREPARED_KEPT:
                self._prepared.popitem(last=False)
        recipient = row.recipient
        if not ADDRESS.fullmatch(recipient):
            try:
                recipient = self.backend.prep_address(recipient)
            except ValueError as error:
                raise NotWritable("Its address is not one that mail can go to.") from error
        return Letter(recipient, prepared.fill(row, recipient=recipient))

    def open(self) -> None:
        """Connect, unless that is done.

        Raises:
            Away: the server does not answer, or won't talk to us.
        """
        if self.backend.connection and self.handed_over >= MAILS_A_CONNECTION:
            self.close()
        if self.backend.connection:
            return
        try:
            self.backend.open()
            self._smtp.ehlo_or_helo_if_needed()
            # Two small writes in a row would else wait for each other's acknowledgement.
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except smtplib.SMTPResponseException as error:
            self._drop()
            raise Away(Reply(error.smtp_code, cast(bytes, error.smtp_error)).words) from error
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Away(f"No connection: {type(error).__name__}.") from error
        self.handed_over = 0

    def hand_over(self, letter: Letter) -> str:
        """Send a letter; its id with a provider, and SMTP has none.

        Raises:
            Refused, TryLater, Away, MayHaveGone
        """
        was_used = self.handed_over > 0
        try:
            self._offer(letter)
        except Away:
            # A server may close a connection that was used or rested; on a fresh one it means what it says.
            self._drop()
            if not was_used:
                raise
            self._offer_anew(letter)
        self.handed_over += 1
        self._finish()
        return ""

    def _offer_anew(self, letter: Letter) -> None:
        self.open()
        try:
            self._offer(letter)
        except Away:
            self._drop()
            raise

    def _offer(self, letter: Letter) -> None:
        """All but the final dot: until that is out, nothing has been sent."""
        try:
            mail, rcpt, data = self._envelope(letter.recipient)
            self._judge(mail, rcpt, data)
            self._socket.sendall(letter.body)
            if select.select([self._socket], [], [], 0)[0]:
                raise Away("The server closed the connection, or spoke, in the middle of a mail.")
        except (OSError, smtplib.SMTPException) as error:
            raise Away(f"The connection broke: {type(error).__name__}.") from error

    def _envelope(self, recipient: str) -> list[Reply]:
        """The answers to MAIL, RCPT and DATA: at once where the server lets us (RFC 2920), else one by one."""
        commands = (f"MAIL FROM:<{self.sender}>", f"RCPT TO:<{recipient}>", "DATA")
        if self._smtp.has_extn("pipelining"):
            self._smtp.send("".join(f"{command}\r\n" for command in commands))
            return [Reply(*self._smtp.getreply()) for _ in commands]
        replies: list[Reply] = []
        for command in commands:
            skipped = replies and replies[-1].code >= 400
            replies.append(Reply(503, b"not asked") if skipped else Reply(*self._smtp.docmd(command)))
        return replies

    def _judge(self, mail: Reply, rcpt: Reply, data: Reply) -> None:
        if (mail.code, data.code) == (250, 354) and rcpt.code in (250, 251):
            return
        for reply in (mail, rcpt, data):
            if reply.code == 421:
                raise Away(reply.words)
        try:
            if data.code == 354:
                # Nobody gets it, and the server wants the dot all the same (RFC 2920 3.1).
                self._smtp.docmd(".")
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()
        if mail.code != 250 and mail.code != TOO_LARGE:
            raise Away(f"The server does not take mail from us: {mail.words}")
        reply = next(reply for reply in (mail, rcpt, data) if reply.code >= 300 and reply.code != 354)
        if reply.code >= 500:
            raise Refused(reply.words, no_such_mailbox=reply is rcpt and NO_SUCH_MAILBOX in reply.words)
        raise TryLater(reply.words)

    def _finish(self) -> None:
        """The final dot, and the answer to it."""
        try:
            self._socket.sendall(b".\r\n")
        except OSError as error:
            self._drop()
            raise Away(f"The connection broke: {type(error).__name__}.") from error
        try:
            self._socket.settimeout(SECONDS_FOR_THE_LAST_ANSWER)
            reply = Reply(*self._smtp.getreply())
            self._socket.settimeout(self.backend.timeout)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise MayHaveGone("The server did not answer at the end.") from error
        if reply.code == 421:
            self._drop()
        if reply.code >= 500:
            raise Refused(reply.words)
        if reply.code >= 300:
            raise TryLater(reply.words)

    @property
    def _smtp(self) -> smtplib.SMTP:
        return cast(smtplib.SMTP, self.backend.connection)

    @property
    def _socket(self) -> socket.socket:
        return cast(socket.socket, self._smtp.sock)

    def _drop(self) -> None:
        """End a connection without a word: it is broken, and QUIT would wait for an answer."""
        for broken in (self.backend.connection, self.backend._partial_connection):
            if broken is not None:
                broken.close()
        self.backend.connection = self.backend._partial_connection = None

    def close(self) -> None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self.backend.close()
        self._drop()
