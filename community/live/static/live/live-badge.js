/**
 * <live-badge topic="member/7">3</live-badge>: a number that follows its topic without a reload.
 * Entries carry {unread: n}. The element is a status region, so that a screen reader hears the change once.
 */

import { openTopic } from "./live-topic.js";

class LiveBadge extends HTMLElement {
  connectedCallback() {
    this.topic = openTopic(this.getAttribute("topic"), {
      onEvents: (events) => this.show(events.at(-1).body.unread),
      onResync: () => this.topic.close(),
    });
  }

  disconnectedCallback() {
    this.topic?.close();
  }

  show(unread) {
    if (!Number.isInteger(unread)) return;
    this.hidden = unread === 0;
    this.querySelector("[data-count]").textContent = unread > 99 ? "99+" : String(unread);
  }
}

customElements.define("live-badge", LiveBadge);
