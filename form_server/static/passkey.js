/*
 * Passkeys: asks the device, and sends its answer as a form. The device's PRF gives the secret that
 * opens the key; a device without one cannot open referrals, so its passkey is taken only as a
 * second step, where the form says so.
 */
const REFUSED = "Nothing was done. Try again, or use your six words.";
const NO_PRF =
  "This device has passkeys, but none that can open referrals. Nothing was added: your six words " +
  "keep working, and another device or browser may do. It can be your second step: see Devices.";
const KNOWN = "This device opens your desk already.";

class Refusal extends Error {}

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

async function askServer(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Refusal(REFUSED);
  return answer.json();
}

const prfOf = (credential) => credential.getClientExtensionResults().prf ?? {};

const asking = (prf) => (prf ? { prf: { eval: { first: toBytes(prf) } } } : {});

function askToOpen(prf, options) {
  return navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      userVerification: "required",
      extensions: asking(prf),
    },
  });
}

const withBytes = (known) => (known ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function create({ prf, ...options }, isSecond) {
  const credential = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
      extensions: isSecond ? {} : asking(prf),
    },
  });
  const { clientDataJSON, attestationObject } = credential.response;
  if (isSecond) return { credential, response: { clientDataJSON, attestationObject } };
  let { enabled, results } = prfOf(credential);
  if (enabled && !results?.first) {
    // Many devices answer only a passkey that exists already: a second touch.
    const allowCredentials = [{ type: "public-key", id: credential.rawId }];
    const asked = { challenge: options.challenge, rpId: options.rp.id, allowCredentials };
    results = prfOf(await askToOpen(prf, asked)).results;
  }
  if (!results?.first) throw new Refusal(NO_PRF);
  return { credential, secret: results.first, response: { clientDataJSON, attestationObject } };
}

async function get({ prf, ...options }, isSecond) {
  const allowCredentials = withBytes(options.allowCredentials);
  const credential = await askToOpen(prf, { ...options, allowCredentials });
  const secret = prfOf(credential).results?.first;
  if (!secret && !isSecond) throw new Refusal(NO_PRF);
  const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
  return {
    credential,
    secret,
    response: { clientDataJSON, authenticatorData, signature, userHandle },
  };
}

function fill(form, { credential, secret, response }) {
  const given = Object.entries(response).filter(([, buffer]) => buffer);
  form.elements.credential.value = JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(given.map(([name, buffer]) => [name, toText(buffer)])),
  });
  form.elements.prf.value = secret ? toText(secret) : "";
}

function sayOf(error) {
  if (error instanceof Refusal) return error.message;
  return error.name === "InvalidStateError" ? KNOWN : REFUSED;
}

async function answer(form) {
  const said = form.querySelector("[data-said]");
  said.hidden = true;
  try {
    const options = await askServer(form.dataset.options);
    const ask = form.dataset.passkey === "create" ? create : get;
    fill(form, await ask(options, "second" in form.dataset));
    form.submit();
  } catch (error) {
    said.textContent = sayOf(error);
    said.hidden = false;
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form);
    });
  }
  for (const note of document.querySelectorAll("[data-no-passkeys]")) note.hidden = true;
}
