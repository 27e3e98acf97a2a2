// <bulletin-watch stamp state topic? changed> round a bulletin: a correction replaces the words on the open page and is
// announced. Members hear it over their socket; visitors, and members whose sockets are blocked, ask every few seconds.
// Without JavaScript the page reloads itself.

import { openTopic } from "../live/live-topic.js";

const EVERY_MS = 3_000;

class BulletinWatch extends HTMLElement {
  connectedCallback() {
    this.stamp = this.getAttribute("stamp");
    const look = (events) => this.#compare(events.at(-1)?.body?.stamp);
    const topic = this.getAttribute("topic");
    if (topic) {
      const onState = (state) => (state === "live" ? this.#rest() : this.#askOften());
      this.topic = openTopic(topic, { onJoined: look, onEvents: look, onResync: () => this.#ask(), onState });
    } else {
      this.#askOften();
    }
  }

  disconnectedCallback() {
    this.topic?.close();
    this.#rest();
  }

  #askOften() {
    this.timer ??= setInterval(() => document.visibilityState !== "hidden" && this.#ask(), EVERY_MS);
  }

  #rest() {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  async #ask() {
    try {
      const answer = await fetch(this.getAttribute("state"), { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 404) location.reload();
      if (answer.ok) this.#compare((await answer.json()).stamp);
    } catch {
      // No line just now: the next look may have one.
    }
  }

  async #compare(stamp) {
    if (!stamp || stamp === this.stamp || this.busy) return;
    this.busy = true;
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 404) return location.reload();
      if (answer.ok) this.#show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } finally {
      this.busy = false;
    }
  }

  #show(fresh) {
    const watch = fresh.querySelector("bulletin-watch");
    if (!watch) return location.reload();
    this.stamp = watch.getAttribute("stamp");
    this.querySelector("[data-bulletin]").replaceWith(watch.querySelector("[data-bulletin]"));
    this.querySelector("[data-said]").textContent = this.getAttribute("changed");
  }
}

customElements.define("bulletin-watch", BulletinWatch);
