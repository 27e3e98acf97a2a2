// <live-page topics room address>: keeps a page of the crew fresh. The server draws every part; when a bell rings, the
// page is fetched again and the parts that read otherwise are put in their place. What somebody is typing in stays.

import { openTopic } from "../live/live-topic.js";
import { commandOf } from "./room-commands.js";

const CALM_MS = 400;
const GAP_MS = 1500;
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

class LivePage extends HTMLElement {
  connectedCallback() {
    this.fetched = Date.now();
    const later = () => this.#later();
    const room = this.getAttribute("room");
    const onState = (state) => this.#connection(state);
    const handlers = { onJoined: () => {}, onEvents: later, onResync: () => location.reload(), onState };
    this.topics = [
      openTopic(`room/${room}`, { ...handlers, path: `/ws/rooms/${room}/` }),
      ...this.getAttribute("topics").split(" ").map((topic) => openTopic(topic, { ...handlers, onState: undefined })),
    ];
    this.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("keydown", this.#keys);
    this.clock = setInterval(() => this.#tick(), 15_000);
    this.#tick();
  }

  disconnectedCallback() {
    for (const topic of this.topics) topic.close();
    clearInterval(this.clock);
    document.removeEventListener("keydown", this.#keys);
  }

  // --- Keeping fresh ---------------------------------------------------------------------------------------------

  #later() {
    if (this.timer) return;
    this.timer = setTimeout(() => this.refresh(), Math.max(CALM_MS, this.fetched + GAP_MS - Date.now()));
  }

  async refresh() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.fetched = Date.now();
    try {
      const answer = await fetch(`${location.pathname}${location.search}`, { credentials: "same-origin" });
      if (answer.ok) this.#put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }

  #put(fresh) {
    for (const part of this.querySelectorAll("[data-part]")) {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!other || isBusy(part) || same(part, other)) continue;
      const marked = mark(part);
      part.replaceChildren(...[...other.childNodes].map((child) => document.importNode(child, true)));
      part.className = other.className;
      find(part, marked)?.focus();
    }
  }

  // --- Acting ----------------------------------------------------------------------------------------------------

  async #submit(event) {
    const form = event.target.closest("form[data-do]");
    if (!form) return;
    event.preventDefault();
    if (await this.#send(commandOf(form, event.submitter))) {
      if (form.querySelector("textarea, input:not([type=hidden])")) form.reset();
      form.closest("details")?.removeAttribute("open");
      document.activeElement?.blur?.();
      await this.refresh();
    }
  }

  async #send(command) {
    const alert = this.querySelector("[data-alert]");
    try {
      await this.topics[0].send(command);
      alert.hidden = true;
      return true;
    } catch (refusal) {
      alert.textContent = refusal?.reason ?? this.getAttribute("failed");
      alert.hidden = false;
      alert.scrollIntoView({ block: "nearest" });
      return false;
    }
  }

  #keys = (event) => {
    const step = KEYS[event.key];
    const steps = this.querySelector("[data-steps]");
    if (!step || !steps || event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, textarea, select, [tabindex='0']")) return;
    const wanted = Number(steps.dataset.steps) + step;
    const form = [...steps.querySelectorAll("form")].find((each) => Number(each.elements.n.value) === wanted);
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  };

  #connection(state) {
    const place = this.querySelector("[data-connection]");
    place.dataset.state = state;
    place.textContent = state === "live" ? "" : this.getAttribute("away");
  }

  #tick() {
    const place = this.querySelector("[data-clock]");
    const left = Math.ceil((Date.parse(this.getAttribute("ends")) - Date.now()) / 60_000);
    place.textContent = this.getAttribute(left >= 0 ? "left" : "over").replace("{n}", Math.abs(left));
    place.classList.toggle("room-clock--late", left < 0);
  }
}

// Somebody writes or chooses here, or has opened something.
function isBusy(part) {
  return part.matches(":has(textarea:focus, input:focus, select:focus, details[open])");
}

// Tokens against forgery differ at each fetch and say nothing.
function same(part, other) {
  const bare = (text) => text.replaceAll(/name="csrfmiddlewaretoken" value="[^"]*"/g, "").replaceAll(/\/slides\/[^/]+\//g, "/");
  return bare(part.innerHTML) === bare(other.innerHTML);
}

function mark(part) {
  if (!part.contains(document.activeElement)) return null;
  return [...part.querySelectorAll("button, a, summary")].indexOf(document.activeElement);
}

function find(part, marked) {
  return marked === null || marked < 0 ? null : [...part.querySelectorAll("button, a, summary")][marked];
}

customElements.define("live-page", LivePage);
