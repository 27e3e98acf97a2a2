// <kept-step> round the form of one step: sends it every few seconds while somebody writes, and says what became of it.
// Nothing is taken out of the form, whatever the answer. Without it the buttons save.

const QUIET_MS = 2500;
const AGAIN_MS = 15000;

class KeptStep extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    this.list = this.querySelector("[data-findings-list]");
    if (!this.form || !this.status) return;
    this.form.addEventListener("input", this.#changed);
    this.form.addEventListener("change", this.#changed);
    this.form.addEventListener("submit", this.#leave);
    document.addEventListener("visibilitychange", this.#hide);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.sending?.abort();
    document.removeEventListener("visibilitychange", this.#hide);
  }

  #changed = (event) => {
    if (event.target.type === "file") return;
    this.dirty = true;
    this.#say("unsaved");
    this.#later(QUIET_MS);
  };

  #leave = () => {
    clearTimeout(this.timer);
    this.left = true;
  };

  #hide = () => {
    if (document.visibilityState === "hidden" && this.dirty && !this.left) this.#send();
  };

  #later(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#send(), ms);
  }

  // One save at a time: the next one carries the digest that the last one answered with.
  async #send() {
    if (this.busy || this.left) return this.#later(QUIET_MS);
    this.busy = true;
    this.dirty = false;
    this.#say("saving");
    this.sending = new AbortController();
    const body = new FormData(this.form);
    body.set("autosave", "1");
    try {
      const response = await fetch(this.form.getAttribute("action") || location.href, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        signal: this.sending.signal,
      });
      this.#answered(response.ok, await response.json());
    } catch (error) {
      if (error.name === "AbortError") return;
      this.dirty = true;
      this.#say("offline");
      this.#later(AGAIN_MS);
    } finally {
      this.busy = false;
    }
  }

  #answered(ok, answer) {
    if (answer.seen) this.form.elements.seen.value = answer.seen;
    if (ok) {
      this.#show(answer.outcome === "pass" ? [] : answer.findings);
      if (!this.dirty) this.#say("saved");
      return;
    }
    this.#say("unsaved", answer.reason);
    this.#show(answer.findings ?? []);
  }

  #say(state, more = "") {
    const words = this.getAttribute(state) ?? "";
    const text = more ? `${words}: ${more}` : words;
    if (this.status.textContent !== text) this.status.textContent = text;
    this.status.dataset.state = state;
  }

  #show(findings) {
    this.list?.replaceChildren(
      ...findings.map((finding) => {
        const item = document.createElement("li");
        const words = document.createElement("mark");
        words.textContent = finding.words;
        item.append(`${finding.field}: `, words, ` ${finding.reason}`);
        return item;
      }),
    );
  }
}

customElements.define("kept-step", KeptStep);
