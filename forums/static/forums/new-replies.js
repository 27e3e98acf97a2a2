// <new-replies topic last href one many own>: "3 new replies" at the foot of a thread. Nothing on the page moves; the
// reader goes there when ready. Without sockets or JavaScript the page shows them at the next load.

import { openTopic } from "../live/live-topic.js";

class NewReplies extends HTMLElement {
  connectedCallback() {
    this.seen = Number(this.getAttribute("last"));
    this.numbers = new Set();
    const take = (events) => this.#take(events);
    this.topic = openTopic(this.getAttribute("topic"), { onJoined: take, onEvents: take });
  }

  disconnectedCallback() {
    this.topic?.close?.();
  }

  #take(events) {
    for (const event of events) {
      const number = event.body?.number;
      if (event.verb === "post.withdrawn" || event.verb === "post.hidden") this.numbers.delete(number);
      if (event.verb !== "post.published" || number <= this.seen) continue;
      if (event.by !== this.getAttribute("own")) this.numbers.add(number);
    }
    this.#show();
  }

  #show() {
    const count = this.numbers.size;
    this.hidden = count === 0;
    if (this.hidden) return this.replaceChildren();
    const link = document.createElement("a");
    link.className = "btn btn-primary";
    link.href = this.getAttribute("href").replace("{number}", Math.min(...this.numbers));
    link.textContent = count === 1 ? this.getAttribute("one") : this.getAttribute("many").replace("{n}", count);
    this.replaceChildren(link);
  }
}

customElements.define("new-replies", NewReplies);
