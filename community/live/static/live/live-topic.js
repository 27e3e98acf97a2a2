/**
 * One live topic over a WebSocket: joins, resumes where it stopped, and comes back by itself.
 *
 * openTopic("thread/k2m4…", {onEvents, onState, onResync, onBye}) → {close(), send(command) → Promise}
 *   onEvents(events, {replayed})  new entries, in order, without gap or repeat
 *   onJoined(events)  the newest entries at the first join, for pages that may be older than they are
 *   onState("live" | "away" | "ended")  for a status line
 *   onResync()  too much was missed: reload over HTTP
 */

const SILENCE_MS = 45_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const FINAL_CODES = new Set([4401, 4403]);

export function openTopic(path, handlers = {}) {
  const topic = new LiveTopic(path, handlers);
  topic.connect();
  return { close: () => topic.close(), send: (command) => topic.send(command) };
}

class LiveTopic {
  constructor(path, handlers) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.address = `${scheme}//${location.host}/ws/topics/${path}/`;
    this.handlers = handlers;
    this.since = undefined;
    this.epoch = undefined;
    this.failures = 0;
    this.waiting = new Map();
    this.ended = false;
    this.wakeUp = () => document.visibilityState === "visible" && this.failures && this.retryNow();
    document.addEventListener("visibilitychange", this.wakeUp);
  }

  connect() {
    this.socket = new WebSocket(this.address);
    this.socket.addEventListener("open", () => this.join());
    this.socket.addEventListener("message", ({ data }) => this.receive(JSON.parse(data)));
    this.socket.addEventListener("close", ({ code }) => this.closed(code));
    this.listenForSilence();
  }

  join() {
    const place = this.since === undefined ? {} : { since: this.since, epoch: this.epoch };
    this.socket.send(JSON.stringify({ do: "join", ...place }));
    for (const { frame } of this.waiting.values()) this.socket.send(frame);
  }

  /** Sends a command and resolves with its acknowledgement; the ref makes a second try harmless. */
  send(command) {
    const ref = command.ref ?? crypto.randomUUID();
    const frame = JSON.stringify({ ...command, ref });
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
    return new Promise((resolve, reject) => this.waiting.set(ref, { frame, resolve, reject }));
  }

  receive(frame) {
    this.listenForSilence();
    const answer = {
      joined: () => this.joined(frame),
      events: () => this.events(frame.events, false),
      beat: () => frame.seq > this.since && this.socket.close(),
      ack: () => this.settle(frame, "resolve"),
      refused: () => this.settle(frame, "reject"),
      resync: () => this.handlers.onResync?.(),
      bye: () => { this.wait = frame.retry_after_ms; },
    }[frame.is];
    answer?.();
  }

  joined({ epoch, seq, events }) {
    const isReturn = this.since !== undefined;
    this.epoch = epoch;
    this.failures = 0;
    this.handlers.onState?.("live");
    if (isReturn) this.events(events, true);
    else this.handlers.onJoined?.(events);
    this.since = Math.max(seq, this.since ?? 0);
  }

  events(events, replayed) {
    const fresh = events.filter(({ seq }) => this.since === undefined || seq > this.since);
    if (!fresh.length) return;
    this.since = fresh.at(-1).seq;
    this.handlers.onEvents?.(fresh, { replayed });
  }

  settle(frame, how) {
    this.waiting.get(frame.ref)?.[how](frame);
    this.waiting.delete(frame.ref);
  }

  closed(code) {
    clearTimeout(this.silence);
    if (this.ended) return;
    if (FINAL_CODES.has(code)) {
      this.close();
      return;
    }
    this.handlers.onState?.("away");
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures);
    this.failures += 1;
    this.retry = setTimeout(() => this.connect(), this.wait ?? longest * (0.5 + Math.random() / 2));
    this.wait = undefined;
  }

  retryNow() {
    clearTimeout(this.retry);
    if (!this.ended && this.socket.readyState === WebSocket.CLOSED) this.connect();
  }

  listenForSilence() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.socket.close(), SILENCE_MS);
  }

  close() {
    this.ended = true;
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    document.removeEventListener("visibilitychange", this.wakeUp);
    this.handlers.onState?.("ended");
    this.socket.close();
  }
}
