"""A mail server in this process that does what a test tells it: accept, refuse, put off, hang, cut."""
# ruff: noqa: N802  aiosmtpd calls them by their commands

import asyncio
import email
import email.policy
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

CUT, HANG, CUT_IN_BODY, CUT_AFTER = "cut", "hang", "cut in body", "cut after 250"


class Server(SMTP):
    """Cuts before a body, or in the middle of one, when it is told to."""

    async def smtp_DATA(self, arg: str) -> None:
        if self.event_handler.next("DATA", CUT):
            self.transport.abort()
            return
        if self.event_handler.next("DATA", CUT_IN_BODY):
            await self.push("354 Go ahead")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Sink:
    """What it got is in `received`; what it does next is in `script`, by command, the first first."""

    def __init__(self, *, pipelining: bool) -> None:
        self.pipelining = pipelining
        self.script: dict[str, list[str]] = {}
        self.received: list[bytes] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.port = 0
        self.seconds = 0.0

    def tell(self, command: str, *actions: str) -> None:
        """What to do at the next MAIL, RCPT, DATA or END (of a body): an answer, CUT, HANG…; "" is as usual."""
        self.script.setdefault(command, []).extend(actions)

    def next(self, command: str, only: str = "") -> str:
        actions = self.script.get(command, [])
        return actions.pop(0) if actions and (not only or actions[0] == only) else ""

    @property
    def mails(self) -> list[EmailMessage]:
        bodies = [body.replace(b"\r\n", b"\n") for body in self.received]
        return [email.message_from_bytes(body, policy=email.policy.default) for body in bodies]

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    async def _act(self, server: Any, command: str) -> str:
        action = self.next(command)
        if action == CUT:
            server.transport.abort()
        elif action == HANG:
            await asyncio.sleep(30)
        return action if action[:1].isdigit() else ""

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:
        self.connections += 1
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.pipelining else responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = await self._act(server, "MAIL")
        if not answer:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = await self._act(server, "RCPT")
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.seconds:
            await asyncio.sleep(self.seconds)
        action = next(iter(self.script.get("END", [])), "")
        answer = await self._act(server, "END")
        if not answer:
            self.received.append(envelope.content)
            self.recipients += envelope.rcpt_tos
        if action == CUT_AFTER:
            await server.push("250 OK")
            server.transport.close()
        return answer or "250 OK"


@contextmanager
def running(sink: Sink, port: int = 0) -> Iterator[Sink]:
    """The sink at a port of this machine; its number is in `port`."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> Any:
        return await loop.create_server(lambda: Server(sink, hostname="sink", loop=loop), "127.0.0.1", port)

    async def stop(server: Any) -> None:
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(start(), loop).result()
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        asyncio.run_coroutine_threadsafe(stop(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
