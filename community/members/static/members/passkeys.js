// <passkey-form data-ceremony="create|get" [data-options-url]>: runs the browser's passkey dialog when its form is
// submitted, puts the answer into the field `credential` and sends the form.

const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toBase64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (keys = []) => keys.map((key) => ({ ...key, id: fromBase64url(key.id) }));

function creationOptions({ publicKey }, passwordless) {
  const selection = { ...publicKey.authenticatorSelection };
  if (passwordless !== undefined) {
    selection.residentKey = passwordless ? "required" : "discouraged";
    selection.requireResidentKey = passwordless;
    if (passwordless) selection.userVerification = "required";
  }
  return {
    ...publicKey,
    challenge: fromBase64url(publicKey.challenge),
    user: { ...publicKey.user, id: fromBase64url(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    authenticatorSelection: selection,
  };
}

function requestOptions({ publicKey }) {
  return {
    ...publicKey,
    challenge: fromBase64url(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  };
}

function asJson(credential) {
  const response = { clientDataJSON: toBase64url(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toBase64url(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toBase64url(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.run(event));
  }

  async run(event) {
    event.preventDefault();
    if (!window.PublicKeyCredential) return this.show("unsupported");
    try {
      const credential = await this.ceremony(await this.options());
      this.form.elements.credential.value = JSON.stringify(asJson(credential));
      this.form.submit();
    } catch {
      this.show("failed");
    }
  }

  async options() {
    if (!this.dataset.optionsUrl) return JSON.parse(document.getElementById("passkey-options").textContent);
    const response = await fetch(this.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }

  ceremony(data) {
    if (this.dataset.ceremony === "get") {
      return navigator.credentials.get({ publicKey: requestOptions(data.request_options) });
    }
    const passwordless = this.form.elements.passwordless?.checked;
    return navigator.credentials.create({ publicKey: creationOptions(data.creation_options, passwordless) });
  }

  show(what) {
    this.querySelector(`[data-${what}]`).hidden = false;
  }
}

customElements.define("passkey-form", PasskeyForm);
