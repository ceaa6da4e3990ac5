// Passkeys: the browser asks the device, and what it says goes into the form that is on the page. Without this file, or
// where a device has none, the forms stay hidden and the other ways in are there.

const fromText = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// Credentials of the kind that server and browser agree on, apart from bytes, which travel as base64url.
function readable(options) {
  const key = structuredClone(options.publicKey);
  key.challenge = fromText(key.challenge);
  if (key.user) key.user.id = fromText(key.user.id);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    for (const each of key[list] ?? []) each.id = fromText(each.id);
  }
  return { publicKey: key };
}

function sendable(credential) {
  const said = credential.response;
  const response = { clientDataJSON: toText(said.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (said[name]) response[name] = toText(said[name]);
  }
  if (said.getTransports) response.transports = said.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function optionsFor(form) {
  const here = document.getElementById("passkey-options");
  if (here) {
    const data = JSON.parse(here.textContent);
    return data.creation_options ?? data.request_options;
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).request_options;
}

function words(error, making) {
  if (error.name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (error.name === "NotAllowedError") {
    return making ? "No passkey was made. Try again, or take an authenticator app." : "No passkey was used. Try again, or take another way.";
  }
  if (error.name === "SecurityError") return "Passkeys don’t work at this address of the site.";
  return "That didn’t work. Load the page again, or take another way.";
}

async function press(form) {
  const making = form.dataset.passkey === "make";
  const wrong = form.querySelector("[data-wrong]");
  const button = form.querySelector("button");
  wrong.textContent = "";
  button.disabled = true;
  try {
    const options = readable(await optionsFor(form));
    const credential = await (making ? navigator.credentials.create(options) : navigator.credentials.get(options));
    form.elements.credential.value = JSON.stringify(sendable(credential));
    form.submit();
  } catch (error) {
    wrong.textContent = words(error, making);
    button.disabled = false;
  }
}

// A passkey belongs to a name: at a bare number, such as http://127.0.0.1/, no browser makes one.
const named = !/^(\[.*\]|[\d.]+)$/.test(location.hostname);

if (window.PublicKeyCredential && named) {
  for (const missing of document.querySelectorAll("[data-passkey-missing]")) missing.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      press(form);
    });
  }
}
