// <push-devices key="…" worker="…">: a form whose button lets the site push to this browser. The form stays hidden
// where the browser cannot; `refused` and `unable` are what is said then.

const decoded = (text) => {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4);
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
};

class PushDevices extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.said = this.querySelector("[role=status]");
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;
    this.form.hidden = false;
    this.said.textContent = "";
    this.form.addEventListener("submit", this.#ask);
  }

  disconnectedCallback() {
    this.form?.removeEventListener("submit", this.#ask);
  }

  #ask = async (event) => {
    if (this.form.elements.endpoint.value) return;
    event.preventDefault();
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        this.said.textContent = this.getAttribute("refused");
        return;
      }
      this.#fill(await this.#subscription());
      this.form.submit();
    } catch {
      this.said.textContent = this.getAttribute("unable");
    }
  };

  async #subscription() {
    const registration = await navigator.serviceWorker.register(this.getAttribute("worker"));
    const known = await registration.pushManager.getSubscription();
    await known?.unsubscribe();
    while (!registration.active) await new Promise((resolve) => setTimeout(resolve, 50));
    return registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: decoded(this.getAttribute("key")),
    });
  }

  #fill(subscription) {
    const { endpoint, keys } = subscription.toJSON();
    const { elements } = this.form;
    elements.endpoint.value = endpoint;
    elements.p256dh.value = keys.p256dh;
    elements.auth.value = keys.auth;
  }
}

customElements.define("push-devices", PushDevices);
