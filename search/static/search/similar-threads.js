// Threads like the one on the page (`list`), or like the draft in the form of the page (`draft`).

const WAIT_MS = 900;

class SimilarThreads extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("list")) {
      this.load();
      return;
    }
    this.fields = ["title", "source"].map((name) => document.querySelector(`form [name=${name}]`));
    for (const field of this.fields) field?.addEventListener("input", () => this.later());
  }

  async load() {
    const answer = await fetch(this.getAttribute("list")).catch(() => null);
    if (!answer?.ok) return;
    const found = await answer.text();
    if (found.trim()) this.innerHTML = found;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const [title, text] = this.fields.map((field) => field?.value ?? "");
    if (`${title}${text}`.trim().length < 8) return;
    const body = new URLSearchParams({ title, text, csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value });
    const answer = await fetch(this.getAttribute("draft"), { method: "POST", body }).catch(() => null);
    if (answer?.ok) this.querySelector("[data-found]").innerHTML = await answer.text();
  }
}

if (!customElements.get("similar-threads")) customElements.define("similar-threads", SimilarThreads);
