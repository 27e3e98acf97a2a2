/**
 * One live topic: joins over a WebSocket, resumes where it stopped, and comes back by itself. Where sockets are blocked
 * it asks over HTTP instead, if it is given a twin.
 *
 * openTopic("thread/k2m4…", handlers) → {close(), send(command) → Promise}
 *   onJoined(events, frame)  the newest entries at the first join, for pages that may be older than they are
 *   onEvents(events, {replayed})  new entries, in order, without gap or repeat
 *   onPresence(frame)  how many are here, and how they react; at most once a second
 *   onState("live" | "away" | "twin" | "ended", code)  for a status line
 *   onResync()  too much was missed: reload over HTTP
 *   path   where the socket is, if not /ws/topics/…/
 *   twin   where the same is had over HTTP ("/webinars/x/room/"), and `token` against forgery for its commands
 *
 * A command keeps its ref until it is answered: it is sent again after every return, and stored once.
 */

import { Twin } from "./live-twin.js";

const SILENCE_MS = 45_000;
const JOIN_MS = 20_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;
const WAIT_WITH_TWIN_MS = 60_000;
const STEADY_MS = 10_000;
const TRIES_BEFORE_TWIN = 3;
const AT_ONCE = 20;
const FINAL_CODES = new Set([4401, 4403]);
const FLOODING = 4429;

export function openTopic(path, handlers = {}) {
  const topic = new LiveTopic(path, handlers);
  topic.connect();
  return { close: () => topic.close(), send: (command) => topic.send(command) };
}

export class LiveTopic {
  constructor(path, handlers) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.address = `${scheme}//${location.host}${handlers.path ?? `/ws/topics/${path}/`}`;
    this.handlers = handlers;
    this.since = undefined;
    this.epoch = undefined;
    this.failures = 0;
    this.waiting = new Map();
    this.live = false;
    this.ended = false;
    this.twin = handlers.twin ? new Twin(handlers.twin, handlers.token, this) : undefined;
    this.wakeUp = () => document.visibilityState !== "hidden" && this.failures && this.retryNow();
    document.addEventListener("visibilitychange", this.wakeUp);
    addEventListener("online", this.wakeUp);
  }

  // --- The socket ------------------------------------------------------------------------------------------------

  connect() {
    clearTimeout(this.retry);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    const current = (handle) => (event) => socket === this.socket && handle(event);
    socket.addEventListener("open", current(() => this.join()));
    socket.addEventListener("message", current(({ data }) => this.receive(JSON.parse(data))));
    socket.addEventListener("close", current(({ code }) => this.closed(code)));
    this.listenForSilence(JOIN_MS);
  }

  join() {
    const place = this.since === undefined ? {} : { since: this.since, epoch: this.epoch };
    this.socket.send(JSON.stringify({ do: "join", ...place }));
  }

  receive(frame) {
    this.listenForSilence(this.live || frame.is === "joined" ? SILENCE_MS : JOIN_MS);
    const answer = {
      joined: () => this.joined(frame),
      events: () => this.events(frame.events, false),
      presence: () => this.handlers.onPresence?.(frame),
      beat: () => frame.seq > (this.since ?? 0) && this.comeBack(),
      ack: () => this.settle(frame, "resolve"),
      refused: () => this.settle(frame, "reject"),
      resync: () => this.handlers.onResync?.(),
      bye: () => { this.wait = frame.retry_after_ms; },
    }[frame.is];
    answer?.();
  }

  joined(frame) {
    this.live = true;
    this.liveSince = Date.now();
    this.twin?.stop();
    this.state("live");
    this.arrive(frame);
    for (const { frame: text } of [...this.waiting.values()].slice(0, AT_ONCE)) this.socket.send(text);
  }

  /** The answer to a join, or to the first question over HTTP. */
  arrive(frame) {
    const isReturn = this.since !== undefined;
    this.epoch = frame.epoch;
    if (isReturn) this.events(frame.events, true);
    else this.handlers.onJoined?.(frame.events, frame);
    this.since = Math.max(frame.seq, this.since ?? 0);
  }

  events(events, replayed) {
    const fresh = events.filter(({ seq }) => this.since === undefined || seq > this.since);
    if (!fresh.length) return;
    if (this.live && this.since !== undefined && fresh[0].seq > this.since + 1) return this.comeBack();
    this.since = fresh.at(-1).seq;
    this.handlers.onEvents?.(fresh, { replayed });
  }

  closed(code) {
    clearTimeout(this.silence);
    if (this.ended) return;
    if (FINAL_CODES.has(code)) return this.close(code);
    if (this.live && Date.now() - this.liveSince > STEADY_MS) this.failures = 0;
    this.live = false;
    if (code === FLOODING) this.failures = Math.max(this.failures, TRIES_BEFORE_TWIN);
    this.failures += 1;
    if (this.twin && this.failures >= TRIES_BEFORE_TWIN) this.twin.start();
    else this.state("away", code);
    this.retry = setTimeout(() => this.connect(), this.wait ?? this.nextWait());
    this.wait = undefined;
  }

  /** Longer after each failure and never the same for two, so that a crowd does not come back at once. */
  nextWait() {
    const longest = this.twin?.running ? WAIT_WITH_TWIN_MS : LONGEST_WAIT_MS;
    return Math.min(longest, FIRST_WAIT_MS * 2 ** (this.failures - 1)) * (0.25 + Math.random() * 0.75);
  }

  /** Something is missing: the next join brings it. */
  comeBack() {
    const { socket } = this;
    socket.close();
    this.closed(1000);
    this.socket = undefined;
  }

  retryNow() {
    if (this.ended || this.live || this.socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), Math.random() * FIRST_WAIT_MS);
  }

  listenForSilence(patience) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.comeBack(), patience);
  }

  // --- Commands --------------------------------------------------------------------------------------------------

  /** Sends a command and resolves with its acknowledgement, or rejects with the refusal. */
  send(command) {
    const ref = command.ref ?? crypto.randomUUID();
    const frame = JSON.stringify({ ...command, ref });
    const answer = new Promise((resolve, reject) => this.waiting.set(ref, { frame, resolve, reject }));
    if (this.ended) this.settle({ is: "refused", ref, code: "away" }, "reject");
    else if (this.live) this.socket.send(frame);
    else if (this.twin?.running) this.twin.send(ref, frame);
    return answer;
  }

  settle(frame, how) {
    this.waiting.get(frame.ref)?.[how](frame);
    this.waiting.delete(frame.ref);
  }

  // --- Ends ------------------------------------------------------------------------------------------------------

  state(name, code) {
    this.handlers.onState?.(name, code);
  }

  close(code) {
    if (this.ended) return;
    this.ended = true;
    this.live = false;
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    this.twin?.stop();
    document.removeEventListener("visibilitychange", this.wakeUp);
    removeEventListener("online", this.wakeUp);
    this.state("ended", code);
    for (const ref of [...this.waiting.keys()]) this.settle({ is: "refused", ref, code: "away" }, "reject");
    this.socket?.close();
  }
}
