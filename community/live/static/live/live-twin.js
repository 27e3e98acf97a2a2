// The same topic over HTTP, for networks that let no sockets through: asks every few seconds, and posts commands.

const EVERY_MS = 3_000;
const ENDS = { 401: 4401, 403: 4403, 404: 4403 };

export class Twin {
  constructor(base, token, topic) {
    this.base = base;
    this.token = token;
    this.topic = topic;
    this.running = false;
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.ask();
  }

  stop() {
    this.running = false;
    clearTimeout(this.next);
  }

  async ask() {
    clearTimeout(this.next);
    const { topic } = this;
    const place = topic.since === undefined ? "" : `?${new URLSearchParams({ since: topic.since, epoch: topic.epoch ?? "" })}`;
    const answer = await this.fetch(`events/${place}`);
    if (!this.running) return;
    if (ENDS[answer?.status]) return topic.close(ENDS[answer.status]);
    if (answer?.ok) this.take(answer.frame);
    else topic.state("away");
    this.next = setTimeout(() => this.ask(), EVERY_MS * (0.75 + Math.random() / 2));
  }

  take(frame) {
    const { topic } = this;
    topic.state("twin");
    if (frame.resync) return topic.handlers.onResync?.();
    topic.arrive({ ...frame, seq: frame.events.at(-1)?.seq ?? topic.since ?? frame.seq });
    for (const [ref, { frame: text, posted }] of topic.waiting) if (!posted) this.send(ref, text);
  }

  /** What has no answer stays waiting, and goes out again when the line is back. */
  async send(ref, text) {
    const waiting = this.topic.waiting.get(ref);
    if (!waiting) return;
    waiting.posted = true;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token ?? "" };
    const answer = await this.fetch("commands/", { method: "POST", headers, body: text });
    waiting.posted = false;
    if (answer?.frame?.is === "ack") this.topic.settle({ ...answer.frame, ref }, "resolve");
    else if (answer?.frame?.is === "refused") this.topic.settle({ ...answer.frame, ref }, "reject");
  }

  async fetch(path, options = {}) {
    try {
      const { headers, ...rest } = options;
      const asking = { Accept: "application/json", ...headers };
      const answer = await fetch(`${this.base}${path}`, { credentials: "same-origin", ...rest, headers: asking });
      const frame = await answer.json().catch(() => undefined);
      return { ok: answer.ok && frame !== undefined, status: answer.status, frame };
    } catch {
      return undefined;
    }
  }
}
