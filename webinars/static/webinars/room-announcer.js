// What a screen reader hears of a room: one polite sentence at most every two seconds, however much happens.

const PAUSE_MS = 2000;

export class Announcer {
  constructor(region) {
    this.region = region;
    this.waiting = [];
    this.level = read();
    this.last = 0;
  }

  /** Says what a person has just done or must know; comes first, still at most one in two seconds. */
  now(text) {
    this.waiting = [{ text, urgent: true }, ...this.waiting.filter(({ urgent }) => urgent)];
    this.#plan();
  }

  /** News of the room: `kind` is "chat" or "room". Several lines of chat that wait become one count. */
  news(kind, text, many) {
    if (this.level === "none" || (this.level === "some" && kind === "chat")) return;
    const same = this.waiting.find((each) => each.kind === kind && each.many && many);
    if (same) {
      same.count += 1;
      same.text = many(same.count);
    } else {
      this.waiting.push({ kind, text, many, count: 1 });
      this.waiting = this.waiting.slice(-3);
    }
    this.#plan();
  }

  choose(level) {
    this.level = level;
    if (level !== "all") this.waiting = this.waiting.filter(({ urgent }) => urgent);
    try {
      localStorage.setItem("collegium.room.speech", level);
    } catch {
      // A private window: the choice lasts as long as the page.
    }
  }

  #plan() {
    if (this.timer || !this.region) return;
    this.timer = setTimeout(() => this.#speak(), Math.max(50, this.last + PAUSE_MS - Date.now()));
  }

  #speak() {
    this.timer = undefined;
    const next = this.waiting.shift();
    if (!next) return;
    this.last = Date.now();
    this.region.textContent = this.region.textContent === next.text ? `${next.text}\u00a0` : next.text;
    if (this.waiting.length) this.#plan();
  }
}

function read() {
  try {
    return localStorage.getItem("collegium.room.speech") ?? "all";
  } catch {
    return "all";
  }
}
