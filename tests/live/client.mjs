// The client of live topics against sockets and clocks of straw: resume, bye, gaps, refs kept, the way over HTTP.
// `node client.mjs /path/to/live-topic.js` ends with 0 when all of it holds.

import assert from "node:assert/strict";

globalThis.location = { protocol: "http:", host: "site.example" };
globalThis.document = { visibilityState: "visible", addEventListener() {}, removeEventListener() {} };
globalThis.addEventListener = () => {};
globalThis.removeEventListener = () => {};

const sockets = [];
globalThis.WebSocket = class {
  static CONNECTING = 0;
  constructor(address) {
    Object.assign(this, { address, readyState: 0, on: {}, sent: [] });
    sockets.push(this);
  }
  addEventListener(name, handle) { this.on[name] = handle; }
  send(text) { this.sent.push(JSON.parse(text)); }
  close() { this.readyState = 3; }
  open() { this.readyState = 1; this.on.open({}); }
  say(frame) { this.on.message({ data: JSON.stringify(frame) }); }
  drop(code) { this.readyState = 3; this.on.close({ code }); }
};

let timers = [];
globalThis.setTimeout = (run, ms) => timers.push({ run, ms });
globalThis.clearTimeout = (number) => { if (number) timers[number - 1] = undefined; };
const lastTimer = () => timers.filter(Boolean).at(-1);

const asked = [];
globalThis.fetch = async (address, options) => {
  asked.push({ address, ...options });
  const ack = () => ({ is: "ack", ref: JSON.parse(options.body).ref, seq: 9 });
  const page = { epoch: "e", seq: 8, events: [{ seq: 8 }] };
  return { ok: true, status: 200, json: async () => (address.includes("commands") ? ack() : page) };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

const { openTopic } = await import(process.argv[2]);
const heard = [];
const topic = openTopic("room/rounds", {
  path: "/ws/rooms/rounds/",
  twin: "/webinars/rounds/room/",
  token: "T",
  onJoined: (events, frame) => heard.push(["joined", events.length, frame.present]),
  onEvents: (events, { replayed }) => heard.push([replayed ? "replayed" : "events", ...events.map(({ seq }) => seq)]),
  onPresence: ({ present }) => heard.push(["presence", present]),
  onState: (state, code) => heard.push(code ? [state, code] : [state]),
});

// A command given before the line stands goes out after the join, and is kept until it is answered.
let [socket] = sockets;
assert.equal(socket.address, "ws://site.example/ws/rooms/rounds/");
const answer = topic.send({ do: "chat.say", text: "a" });
socket.open();
assert.deepEqual(socket.sent, [{ do: "join" }]);
socket.say({ is: "joined", epoch: "e", seq: 3, events: [{ seq: 3 }], present: 2 });
const { ref } = socket.sent[1];
socket.say({ is: "presence", present: 5 });
socket.say({ is: "events", events: [{ seq: 3 }, { seq: 4 }] });

// A planned end: back when the server said, from the place reached, with the same ref.
socket.say({ is: "bye", code: 1012, retry_after_ms: 777 });
socket.drop(1012);
assert.equal(lastTimer().ms, 777);
lastTimer().run();
socket = sockets[1];
socket.open();
assert.deepEqual(socket.sent, [{ do: "join", since: 4, epoch: "e" }]);
socket.say({ is: "joined", epoch: "e", seq: 6, events: [{ seq: 5 }, { seq: 6 }] });
assert.equal(socket.sent[1].ref, ref);
socket.say({ is: "ack", ref, seq: 6 });
assert.equal((await answer).seq, 6);

// An entry that is missing is fetched by a new join.
socket.say({ is: "events", events: [{ seq: 8 }] });
assert.equal(socket.readyState, 3);

// Longer waits, never the same for two; then HTTP, for reading and for commands.
for (const longest of [2_000, 4_000, 8_000]) {
  assert.ok(lastTimer().ms <= longest && lastTimer().ms >= longest / 4, `${lastTimer().ms} of ${longest}`);
  lastTimer().run();
  sockets.at(-1).drop(1006);
}
await settled();
assert.equal(asked[0].address, "/webinars/rounds/room/events/?since=6&epoch=e");
assert.equal((await topic.send({ do: "hand.raise" })).seq, 9);
assert.equal(asked.at(-1).headers["X-CSRFToken"], "T");

// A right that has ended is not asked for again.
sockets.at(-1).drop(4403);
const byNow = sockets.length;
assert.deepEqual(heard.at(-1), ["ended", 4403]);
assert.equal(sockets.length, byNow);

assert.deepEqual(heard.slice(0, -1), [
  ["live"], ["joined", 1, 2], ["presence", 5], ["events", 4], ["away", 1012],
  ["live"], ["replayed", 5, 6], ["away", 1000], ["twin"], ["replayed", 8],
]);
