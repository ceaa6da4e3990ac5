"""A mail server that says yes to everything and keeps nothing, for measuring. Run as a program; prints its port."""

import asyncio
import sys

GREETING = b"220 sink\r\n"
HELLO = b"250-sink\r\n250 PIPELINING\r\n"
YES, GO_AHEAD, BYE = b"250 OK\r\n", b"354 Go ahead\r\n", b"221 Bye\r\n"
END = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  what a server gives
        self.transport = transport
        self.rest = b""
        self.in_body = False
        transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while True:
            ending = END if self.in_body else b"\r\n"
            found, _, rest = self.rest.partition(ending)
            if len(found) == len(self.rest):
                return
            self.rest = rest
            self.transport.write(YES if self.in_body else self.answer(found[:4].upper()))
            self.in_body = not self.in_body and found[:4].upper() == b"DATA"

    def answer(self, command: bytes) -> bytes:
        return {b"EHLO": HELLO, b"DATA": GO_AHEAD, b"QUIT": BYE}.get(command, YES)


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve())
