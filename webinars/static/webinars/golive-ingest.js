/**
 * Sends the pieces of a recording so that none is lost: each is kept, here and in this browser, until the server has
 * confirmed it. After a drop the server says what it has, and the rest goes again.
 *
 * ingest = new Ingest(session, {onState(name), onProgress({waiting, lag}), onSlow(), onFull(),
 *                                onOver(why), onRefused(code, reason)})
 *   open()                        connects and sends what an earlier page has left; resolves when that is done
 *   begin() → Promise             begins a take, once everything before it is confirmed
 *   add(blob)                     the next piece of the running take
 *   finish() → Promise            resolves when the server has everything of the take
 *   close()
 *   onOver: "expired" (away for too long), "failed" (cannot be read), "stopped" (by a moderator), "taken" (by another)
 *
 * The frames are those of docs/ingest.md.
 */

import { Store } from "./golive-store.js";

const LARGEST_PIECE = 512 * 1024;
const HEADER_ROOM = 1024;
const MOST_KEPT = 64 * 1024 * 1024;
const MOST_IN_FLIGHT = 1024 * 1024;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const PING_MS = 4_000;
const SILENCE_MS = 12_000;
const SLOW_S = 2;
const SLOW_FOR_MS = 6_000;
const FINAL = new Set([4401, 4403]);

export class Ingest {
  constructor(session, handlers = {}) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.address = `${scheme}//${location.host}/ws/ingest/${session}/`;
    this.handlers = handlers;
    this.store = new Store(session);
    this.pieces = [];
    this.kept = 0;
    this.sent = 0;
    this.window = 32;
    this.piece = LARGEST_PIECE;
    this.failures = 0;
    this.waiters = [];
    this.wake = () => this.retryNow();
    window.addEventListener("online", this.wake);
  }

  async open() {
    for (const piece of await this.store.load()) this.#keep(piece);
    this.#connect();
    await this.#until(() => this.joined && !this.pieces.length);
  }

  async begin() {
    await this.#until(() => this.joined && !this.pieces.length);
    this.take = await new Promise((resolve) => {
      this.started = resolve;
      this.#tell({ do: "take.start" });
    });
    this.seq = 1;
    this.ending = false;
    return this.take;
  }

  async add(blob) {
    const captured_at = Date.now();
    const { take } = this;
    if (!take) return;
    // Reading a blob takes a moment; pieces keep the order in which they came.
    this.reading = (this.reading ?? Promise.resolve()).then(async () => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      for (let start = 0; start < bytes.length; start += this.piece) {
        this.#add({ take, seq: this.seq++, captured_at, bytes: bytes.slice(start, start + this.piece) });
      }
    });
    await this.reading;
  }

  async finish() {
    await this.reading;
    await this.#until(() => !this.pieces.length);
    this.ending = true;
    if (this.take) this.#tell({ do: "take.end", take: this.take });
    this.take = undefined;
  }

  close() {
    this.ended = true;
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    clearInterval(this.beat);
    window.removeEventListener("online", this.wake);
    this.socket?.close();
  }

  /** Seconds between the newest piece and the oldest that is not confirmed. */
  get lag() {
    if (!this.pieces.length) return 0;
    return (Date.now() - this.pieces[0].captured_at) / 1000;
  }

  retryNow() {
    if (this.ended || this.socket) return;
    clearTimeout(this.retry);
    this.#connect();
  }

  // --- The line ----------------------------------------------------------------------------------------------------

  #connect() {
    this.joined = false;
    this.socket = new WebSocket(this.address);
    this.socket.binaryType = "arraybuffer";
    const { socket } = this;
    socket.addEventListener("message", ({ data }) => socket === this.socket && this.#receive(JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => socket === this.socket && this.#closed(code));
    clearInterval(this.beat);
    this.beat = setInterval(() => this.#watch(), 1_000);
    this.#listenForSilence();
  }

  #receive(frame) {
    this.#listenForSilence();
    const answer = {
      hello: () => this.#hello(frame),
      take: () => this.#started(frame),
      ack: () => this.#confirmed(frame.take, frame.acked),
      refused: () => this.#refused(frame),
    }[frame.is];
    answer?.();
  }

  // The server says where the last take stands: what it has is forgotten here, the rest goes again in order.
  #hello({ take, window, largest }) {
    const isGreeting = !this.joined;
    this.failures = 0;
    this.asked = false;
    this.window = window ?? this.window;
    this.piece = Math.min(LARGEST_PIECE, (largest ?? Infinity) - HEADER_ROOM);
    if (take && take.acked !== null) this.#confirmed(take.take, take.acked);
    if (take) this.#drop((piece) => piece.take < take.take);
    if (take && take.state !== "open") this.#drop((piece) => piece.take === take.take);
    this.joined = true;
    this.sent = 0;
    const isOver = take && this.take && !this.ending && (take.take > this.take || (take.take === this.take && take.state !== "open"));
    if (isOver) this.#over(take.state === "failed" ? "failed" : take.take > this.take ? "taken" : isGreeting ? "expired" : "stopped");
    if (this.started && isGreeting) this.#tell({ do: "take.start" });
    this.handlers.onState?.("sending");
    this.#pump();
    this.#settle();
  }

  #started({ take, state, acked }) {
    if (state === "open" && this.started) {
      this.started(take);
      this.started = null;
    } else if (acked !== null) this.#confirmed(take, acked);
  }

  // Something between was lost: begin again where the server is. A take that is over takes nothing any more.
  #refused({ code, reason, take }) {
    if (code === "conflict") this.#abandon();
    else if (code === "take_closed" || code === "missing") this.#ask(take);
    else this.handlers.onRefused?.(code, reason);
  }

  // What became of the take, and why, stands in the next greeting.
  #ask(take) {
    this.#drop((piece) => piece.take === take);
    if (!this.asked) this.#tell({ do: "hello" });
    this.asked = true;
  }

  #over(why) {
    this.take = undefined;
    this.handlers.onOver?.(why);
  }

  #closed(code) {
    this.joined = false;
    this.socket = undefined;
    clearTimeout(this.silence);
    clearInterval(this.beat);
    if (this.ended) return;
    if (FINAL.has(code)) {
      this.handlers.onState?.("refused");
      this.close();
      return;
    }
    this.handlers.onState?.("away");
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures);
    this.failures += 1;
    this.retry = setTimeout(() => this.#connect(), longest * (0.5 + Math.random() / 2));
  }

  // --- The pieces --------------------------------------------------------------------------------------------------

  #add(piece) {
    if (this.kept + piece.bytes.length > MOST_KEPT) {
      this.handlers.onFull?.();
      return;
    }
    this.#keep(piece);
    this.store.put(piece);
    this.#pump();
  }

  #keep(piece) {
    this.pieces.push(piece);
    this.kept += piece.bytes.length;
  }

  #pump() {
    while (this.joined && this.sent < Math.min(this.pieces.length, this.window) && this.socket.bufferedAmount < MOST_IN_FLIGHT) {
      this.socket.send(framed(this.pieces[this.sent]));
      this.sent += 1;
    }
    this.handlers.onProgress?.({ waiting: this.pieces.length, lag: this.lag });
  }

  #confirmed(take, seq) {
    this.#drop((piece) => piece.take === take && piece.seq <= seq);
    this.#pump();
    this.#settle();
  }

  /** Forgets the oldest pieces as long as they are `done`. */
  #drop(done) {
    while (this.pieces.length && done(this.pieces[0])) {
      const { take, seq, bytes } = this.pieces.shift();
      this.kept -= bytes.length;
      this.sent = Math.max(0, this.sent - 1);
      this.store.forget(take, seq);
    }
  }

  // A line that is too thin shows as pieces that wait, and do not become fewer, although the socket is open.
  #watch() {
    this.#pump();
    if (performance.now() - (this.pinged ?? 0) > PING_MS) {
      this.pinged = performance.now();
      this.#tell({ do: "ping", t: Date.now() });
    }
    if (!this.joined || this.lag < SLOW_S + 1) {
      this.slowSince = null;
      return;
    }
    this.slowSince ??= { at: performance.now(), lag: this.lag };
    if (performance.now() - this.slowSince.at < SLOW_FOR_MS) return;
    // After a drop much waits, and it gets less: that is no slow line.
    const isSlow = this.lag > this.slowSince.lag - SLOW_S;
    this.slowSince = null;
    if (isSlow) this.handlers.onSlow?.(this.lag);
  }

  #listenForSilence() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.#abandon(), SILENCE_MS);
  }

  // A dead line may take minutes to be told so by the browser; nobody waits for that.
  #abandon() {
    const { socket } = this;
    this.#closed(1006);
    socket?.close();
  }

  #tell(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  #until(condition) {
    return new Promise((resolve) => {
      this.waiters.push({ condition, resolve });
      this.#settle();
    });
  }

  #settle() {
    const ready = this.waiters.filter(({ condition }) => condition());
    this.waiters = this.waiters.filter((waiter) => !ready.includes(waiter));
    for (const { resolve } of ready) resolve();
  }
}

/** Four bytes with the length of the header, the header as JSON, the bytes. */
export function framed({ take, seq, captured_at, bytes }) {
  const header = new TextEncoder().encode(JSON.stringify({ take, seq, captured_at }));
  const frame = new Uint8Array(4 + header.length + bytes.length);
  new DataView(frame.buffer).setUint32(0, header.length);
  frame.set(header, 4);
  frame.set(bytes, 4 + header.length);
  return frame;
}
