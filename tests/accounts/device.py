"""A device that keeps passkeys, in a few lines of Python: what a browser would send, signed as a phone signs."""

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from tests.reading import whole

HOST = "localhost"
FLAGS = AuthenticatorData.FLAG
MADE = FLAGS.UP | FLAGS.UV | FLAGS.AT
USED = FLAGS.UP | FLAGS.UV


class Device:
    """One passkey for one person."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.owner = ""

    def made(self, options: dict[str, Any]) -> str:
        """What the browser sends after a passkey was made."""
        self.owner = options["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        about = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._rp, MADE, 0, about)
        attested = AttestationObject.create("none", data, {})
        client_data = self._client_data("webauthn.create", options)
        return self._sent(clientDataJSON=client_data, attestationObject=bytes(attested))

    def used(self, options: dict[str, Any], *, flags: Any = USED) -> str:
        """What the browser sends after the passkey was used."""
        data = AuthenticatorData.create(self._rp, flags, 1)
        client_data = self._client_data("webauthn.get", options)
        signature = self.key.sign(bytes(data) + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent(
            clientDataJSON=client_data, authenticatorData=bytes(data), signature=signature, userHandle=self.owner
        )

    _rp = hashlib.sha256(HOST.encode()).digest()

    @staticmethod
    def _client_data(kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": f"http://{HOST}"}).encode()

    def _sent(self, **response: bytes | str) -> str:
        said = {name: value if isinstance(value, str) else websafe_encode(value) for name, value in response.items()}
        mine = websafe_encode(self.id)
        extensions = {"credProps": {"rk": True}}
        return json.dumps(
            {"id": mine, "rawId": mine, "type": "public-key", "response": said, "clientExtensionResults": extensions}
        )


def named_client() -> Client:
    """A browser at the site's name."""
    return Client(SERVER_NAME=HOST)


def options_on(client: Client, address: str) -> dict[str, Any]:
    """What a page hands to the browser."""
    script = whole(client.get(address).content).select_one("#passkey-options")
    assert script is not None
    (options,) = json.loads(script.get_text()).values()
    return dict(options["publicKey"])


def add_passkey(client: Client, device: Device, name: str = "Phone") -> Any:
    """Makes a passkey for whoever is signed in."""
    credential = device.made(options_on(client, "/account/passkeys/new/"))
    return client.post("/account/passkeys/new/", {"name": name, "passwordless": "on", "credential": credential})


def sign_in_with(client: Client, device: Device, **fields: Any) -> Any:
    """Signs in with a passkey alone; `flags` says what the device knows of its owner."""
    flags = fields.pop("flags", USED)
    asked = client.get("/account/sign-in/passkey/", headers={"Accept": "application/json"}).json()
    credential = device.used(asked["request_options"]["publicKey"], flags=flags)
    return client.post("/account/sign-in/passkey/", {"credential": credential, **fields})
