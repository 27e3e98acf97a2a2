/**
 * <recording-page data-progress topic>: chapters, questions and chat move with the video, and a click on one goes there.
 * Saves the place every ten seconds and when the page is left. What is redacted meanwhile goes from the page as well.
 */

import { openTopic } from "../live/live-topic.js";

const SAVE_MS = 10_000;
const STEP_S = 0.25;

class RecordingPage extends HTMLElement {
  connectedCallback() {
    this.player = this.querySelector("room-player");
    this.lists = [...this.querySelectorAll("[data-list]")].map((list) => ({ list, items: [...list.children] }));
    this.saved = { seconds: -1, at: Date.now() };
    this.addEventListener("click", (event) => this.#click(event));
    if (!this.player) return;
    this.querySelector("[data-do=link]").hidden = false;
    for (const choice of this.querySelectorAll("[data-follow-choice]")) choice.hidden = false;
    this.addEventListener("room:time", ({ detail }) => this.#time(detail));
    window.addEventListener("pagehide", () => this.#save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#save());
    this.#watchRoom();
  }

  disconnectedCallback() {
    this.topic?.close();
  }

  #time({ mediaAt, duration, paused }) {
    if (mediaAt === null) return;
    this.now = { seconds: mediaAt, duration };
    if (Math.abs(mediaAt - (this.shown ?? -1)) >= STEP_S) this.#mark(mediaAt);
    if (this.dataset.progress && (Date.now() - this.saved.at > SAVE_MS || (paused && Date.now() - this.saved.at > 1_000))) this.#save();
  }

  // In each list the newest entry that has been reached is the current one; what comes later is paler.
  #mark(seconds) {
    this.shown = seconds;
    for (const { list, items } of this.lists) {
      let current = null;
      for (const item of items) {
        const later = Number(item.dataset.at) > seconds + STEP_S;
        item.classList.toggle("rec__later", later);
        item.removeAttribute("aria-current");
        if (!later) current = item;
      }
      current?.setAttribute("aria-current", "true");
      const follow = list.closest(".rec__part").querySelector("[data-follow]")?.checked;
      if (current && follow && "moves" in list.dataset && !list.matches(":hover, :focus-within")) reveal(list, current);
    }
  }

  #click(event) {
    const { target } = event;
    const link = target.closest?.("[data-seek]");
    if (link && this.player) {
      event.preventDefault();
      const place = this.player.seek(Number(link.dataset.seek));
      this.#mark(place);
      history.replaceState(null, "", `?t=${Math.floor(place)}`);
    }
    if (target.closest?.("[data-do=link]")) this.#copy();
  }

  async #copy() {
    const address = new URL(`?t=${Math.floor(this.player.mediaAt ?? 0)}`, location.href);
    history.replaceState(null, "", address);
    const said = this.querySelector("[data-said]");
    await navigator.clipboard?.writeText(String(address)).then(() => { said.textContent = said.dataset.copied; }, () => {});
  }

  #save() {
    const { now, saved } = this;
    if (!this.dataset.progress || !now?.duration || Math.abs(now.seconds - saved.seconds) < 1) return;
    this.saved = { seconds: now.seconds, at: Date.now() };
    fetch(this.dataset.progress, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.dataset.token },
      body: JSON.stringify({ seconds: now.seconds, duration: now.duration }),
    }).catch(() => {});
  }

  // The room's log goes on after the end: what a moderator hides or cuts then leaves open pages too.
  #watchRoom() {
    const path = this.getAttribute("topic");
    if (!path) return;
    const take = (events, { replayed = true } = {}) => events.forEach((event) => this.#event(event, replayed));
    this.topic = openTopic(path, { onJoined: (events) => take(events), onEvents: take });
  }

  #event({ verb, body }, replayed) {
    if (["chat.deleted", "chat.hidden"].includes(verb)) this.#remove(`[data-seq="${Number(body.of)}"]`);
    if (verb === "question.changed" && ["hidden", "withdrawn"].includes(body.state)) this.#remove(`[data-question="${CSS.escape(body.question)}"]`);
    if (verb !== "media.cut") return;
    for (const seq of body.lines ?? []) this.#remove(`[data-seq="${Number(seq)}"]`);
    for (const passage of this.querySelectorAll("[data-to]")) {
      if (Number(passage.dataset.at) < body.to && Number(passage.dataset.to) > body.from) passage.remove();
    }
    for (const entry of this.lists) entry.items = [...entry.list.children];
    for (const id of body.questions ?? []) this.#remove(`[data-question="${CSS.escape(id)}"]`);
    if (!replayed) this.player.refresh?.();
  }

  #remove(selector) {
    this.querySelector(selector)?.remove();
    for (const entry of this.lists) entry.items = [...entry.list.children];
  }
}

function reveal(list, item) {
  const below = item.offsetTop + item.offsetHeight - list.clientHeight;
  if (item.offsetTop < list.scrollTop || below > list.scrollTop) list.scrollTop = Math.max(0, below + 8);
}

customElements.define("recording-page", RecordingPage);
