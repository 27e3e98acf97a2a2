// <kept-draft key> round a composer's form: what is being written survives a closed tab, a lost line and a refusal.
// The draft keeps the form's client_key, so that sending it a second time makes no second post; once a post with that
// key stands on the page, the draft has done its work. Drafts stay in this browser and go after a week or at sign-out.

const PREFIX = "collegium.draft.";
const WEEK_MS = 7 * 24 * 3600 * 1000;
const PAUSE_MS = 500;

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.name = PREFIX + this.getAttribute("key");
    if (!this.form) return;
    forgetPosted();
    this.#restore();
    this.form.addEventListener("input", this.#onInput);
    this.form.addEventListener("submit", this.#save);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  #onInput = () => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.#save, PAUSE_MS);
  };

  #save = () => {
    const fields = Object.fromEntries([...this.#fields()].map((field) => [field.name, field.value]));
    if (fields.source?.trim()) store(this.name, { at: Date.now(), fields });
    else localStorage.removeItem(this.name);
  };

  #restore() {
    const draft = load(this.name);
    const source = this.form.elements.source;
    const fromServer = this.form.querySelector(".is-invalid, [role=alert]") || this.closest("main")?.querySelector("[role=alert], [data-reworded]");
    if (!draft || (source.value && fromServer)) return;
    const quoted = source.value;
    for (const field of this.#fields()) {
      if (field.name in draft.fields) field.value = draft.fields[field.name];
    }
    if (quoted && !source.value.includes(quoted.trim())) source.value = `${source.value.trimEnd()}\n\n${quoted}`;
  }

  #fields() {
    return [...this.form.elements].filter((field) => field.name && !["csrfmiddlewaretoken", "preview"].includes(field.name));
  }
}

// A post of one's own on this page whose key a draft carries: that draft has arrived.
function forgetPosted() {
  const posted = new Set([...document.querySelectorAll("[data-client-key]")].map((post) => post.dataset.clientKey));
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const draft = load(name);
    if (!draft || posted.has(draft.fields.client_key) || Date.now() - draft.at > WEEK_MS) localStorage.removeItem(name);
  }
}

function load(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function store(name, draft) {
  try {
    localStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // Private windows and full disks: the form works without a draft.
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.action?.includes("/accounts/logout/")) return;
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) localStorage.removeItem(name);
});

forgetPosted();
customElements.define("kept-draft", KeptDraft);
