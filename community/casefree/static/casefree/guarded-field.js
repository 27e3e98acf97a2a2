// <guarded-field url="/casefree/screen/" surface="post"> round a label and its textarea or input.
// While somebody writes it asks the guard and lists what could identify a patient. It never blocks typing and changes
// words only when asked: each finding may offer a rewording that one click puts in place (and undo takes back).
// Without it, the form is checked all the same when it is sent.

const SILENCE_MS = 600;
const EXCERPT = 40;

class GuardedField extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea, input");
    if (!this.field || this.report) return;
    this.report = this.#reportRegion();
    this.field.addEventListener("input", this.#onInput);
    if (this.field.value) this.#schedule();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.question?.abort();
    this.field?.removeEventListener("input", this.#onInput);
  }

  #onInput = () => this.#schedule();

  #schedule() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), SILENCE_MS);
  }

  async #ask() {
    this.question?.abort();
    this.question = new AbortController();
    const text = this.field.value;
    if (!text.trim()) return this.#show([], text);
    try {
      const response = await fetch(this.getAttribute("url") ?? "/casefree/screen/", {
        method: "POST",
        body: new URLSearchParams({ text, surface: this.getAttribute("surface") ?? "post" }),
        headers: { "X-CSRFToken": this.#token() },
        credentials: "same-origin",
        signal: this.question.signal,
      });
      // A refusal or a fault here says nothing about the words: keep quiet, the form is checked when it is sent.
      if (response.ok) this.#show((await response.json()).findings, text);
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
  }

  #token() {
    return this.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  #reportRegion() {
    const region = this.querySelector("[data-findings]") ?? this.appendChild(document.createElement("div"));
    region.id ||= `${this.field.id || "field"}-findings`;
    region.setAttribute("role", "status");
    region.classList.add("guarded-field-findings");
    const described = (this.field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    if (!described.includes(region.id)) this.field.setAttribute("aria-describedby", [...described, region.id].join(" "));
    return region;
  }

  #show(findings, text) {
    const signature = JSON.stringify(findings.map((finding) => [finding.kind, finding.reason, finding.rewrite]));
    const characters = Array.from(text);
    const items = findings.map((finding) => this.#item(finding, characters));
    if (!items.length) this.report.replaceChildren();
    else if (signature !== this.shown || this.report.childElementCount !== 2) this.report.replaceChildren(this.#heading(items.length), this.#list(items));
    else this.report.lastElementChild.replaceChildren(...items);
    this.shown = signature;
    this.toggleAttribute("data-found", items.length > 0);
  }

  #heading(count) {
    const heading = document.createElement("p");
    heading.className = "fw-semibold mb-1";
    heading.textContent = (this.getAttribute("heading") ?? "Could identify a patient:") + ` ${count}`;
    return heading;
  }

  #list(items) {
    const list = document.createElement("ul");
    list.className = "mb-0";
    list.append(...items);
    return list;
  }

  // Offsets are in characters (code points); the field selects in UTF-16 units.
  #item(finding, characters) {
    const before = characters.slice(0, finding.start).join("");
    const words = characters.slice(finding.start, finding.end).join("");
    const find = document.createElement("button");
    find.type = "button";
    find.className = "btn btn-link btn-sm p-0 align-baseline text-break";
    find.textContent = words.length > EXCERPT ? `${words.slice(0, EXCERPT)}…` : words;
    find.addEventListener("click", () => this.#select(before.length, before.length + words.length));
    const item = document.createElement("li");
    item.append(find, ` – ${finding.reason}`);
    if (finding.rewrite && finding.rewrite !== words) item.append(" ", this.#offer(before.length, words, finding.rewrite));
    return item;
  }

  #offer(start, words, rewrite) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary btn-sm";
    button.textContent = `${this.getAttribute("use-label") ?? "Write instead:"} ${rewrite}`;
    button.addEventListener("click", () => this.#apply(start, words, rewrite));
    return button;
  }

  // The words may have moved since the guard was asked: replace them only where they still stand.
  #apply(start, words, rewrite) {
    const at = this.field.value.startsWith(words, start) ? start : this.field.value.indexOf(words);
    if (at < 0) return this.#schedule();
    this.#select(at, at + words.length);
    // insertText keeps the browser's undo; where it is not to be had, the range is replaced.
    if (!document.execCommand?.("insertText", false, rewrite)) {
      this.field.setRangeText(rewrite, at, at + words.length, "end");
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  #select(start, end) {
    this.field.focus();
    this.field.setSelectionRange?.(start, end);
  }
}

customElements.define("guarded-field", GuardedField);
