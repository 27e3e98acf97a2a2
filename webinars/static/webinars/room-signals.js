// Small signs between people: reactions in sum, the raised hand, and whether the webinar is live.

import { fill } from "./room-lines.js";

const FADES_MS = 4000;

export class SignalsPart {
  constructor(room) {
    this.room = room;
    this.hand = room.find("hand");
    this.#lean();
    this.#clock();
    setInterval(() => this.#clock(), 20_000);
  }

  owns(form) {
    return form === this.hand || form.dataset.do === "reaction";
  }

  update(changed, events, frame) {
    if (changed.some((part) => ["all", "hands"].includes(part))) this.#hands();
    if (frame?.reactions) this.#reactions(frame.reactions);
    if (changed.includes("live")) this.#live(events);
    if (changed.includes("cuts") && events.length) this.room.player?.refresh?.();
    if (changed.includes("all")) {
      this.#clock();
      this.#play();
    }
  }

  async submit(form, command) {
    if (form !== this.hand) return this.room.act(command, form);
    const up = !this.room.mine.hand;
    if (!(await this.room.act({ do: up ? "hand.raise" : "hand.lower" }, form))) return;
    this.room.mine.hand = up;
    const button = form.querySelector("button");
    button.setAttribute("aria-pressed", String(up));
    button.querySelector("[data-label]").textContent = up ? this.room.words.hand_down : this.room.words.hand_up;
  }

  #hands() {
    const place = this.room.find("hands");
    if (place) place.textContent = this.room.state.hands ? fill(this.room.words.hands, { n: this.room.state.hands }) : "";
  }

  #reactions(counts) {
    for (const [kind, n] of Object.entries(counts)) {
      const place = this.room.querySelector(`[data-reaction="${kind}"]`);
      if (place) place.textContent = n ? String(n) : "";
    }
    clearTimeout(this.fading);
    this.fading = setTimeout(() => {
      for (const place of this.room.querySelectorAll("[data-reaction]")) place.textContent = "";
    }, FADES_MS);
  }

  #live(events) {
    const { words, state, player } = this.room;
    const went = events.find(({ verb }) => verb === "webinar.live" || verb === "webinar.ended");
    if (went) this.room.say(state.ended ? words.webinar_ended : words.webinar_live);
    if (state.live && !player && went) location.reload();
    this.#play();
    if (state.ended) player?.finish?.();
    this.#clock();
  }

  /** Video of our own begins when its first pictures are there; what comes from elsewhere, with the webinar. */
  #play() {
    const { state, player } = this.room;
    if (state.live && (state.video || !player?.hasAttribute("awaits"))) player?.begin?.();
  }

  /** "Live now · 12 min left", or how long until the start. */
  #clock() {
    const { words, state } = this.room;
    const place = this.room.find("live");
    if (!place) return;
    const left = (moment) => Math.ceil((Date.parse(this.room.getAttribute(moment)) - Date.now()) / 60_000);
    const live = state.live || place.classList.contains("co-pill--good");
    if (state.ended) place.textContent = words.webinar_ended;
    else if (live) place.textContent = `${words.webinar_live} · ${left("ends") >= 0 ? fill(words.minutes_left, { n: left("ends") }) : fill(words.overtime, { n: -left("ends") })}`;
    else place.textContent = fill(words.starts_in, { n: Math.max(0, left("starts")) });
    place.classList.toggle("co-pill--good", live && !state.ended);
  }

  /** Suggests slides and sound where the browser says that the line is poor. */
  #lean() {
    const line = navigator.connection;
    const poor = line?.saveData || ["slow-2g", "2g"].includes(line?.effectiveType);
    const link = this.room.find("lean");
    if (poor && link && !this.room.hasAttribute("lean")) link.classList.replace("btn-quiet", "btn-primary");
  }
}
