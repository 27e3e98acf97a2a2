// The state of a room, folded from its events in order. Pure; the same as webinars/folding.py on the server.

export function emptyRoom() {
  return {
    seq: 0,
    lines: new Map(),
    pinned: null,
    rules: { chat_open: true, slow_seconds: 0, questions_queued: false },
    questions: new Map(),
    polls: new Map(),
    hands: 0,
    slide: { n: 0, deck: null },
    live: false,
    ended: false,
    cuts: [],
  };
}

/** Applies one event to the room and returns the names of the parts that changed. */
export function apply(room, event) {
  room.seq = Math.max(room.seq, event.seq);
  const body = event.body ?? {};
  return CHANGES[event.verb]?.(room, body, event) ?? [];
}

const CHANGES = {
  "chat.said"(room, body, event) {
    const gone = body.gone === "edited" ? "" : body.gone;
    room.lines.set(event.seq, { ...body, gone, seq: event.seq, at: event.at, by: event.by });
    return ["chat"];
  },
  "chat.edited": (room, { of, text, gone }) => changeLine(room, of, gone && gone !== "edited" ? { text: "", gone } : { text: text ?? "", edited: true, gone: "" }),
  "chat.deleted": (room, { of }) => changeLine(room, of, { text: "", gone: "deleted" }),
  "chat.hidden": (room, { of }) => changeLine(room, of, { text: "", gone: "hidden" }),
  "chat.pinned"(room, { of }) {
    room.pinned = of ?? null;
    return ["pinned"];
  },
  "room.changed"(room, rules) {
    Object.assign(room.rules, rules);
    return ["rules"];
  },
  "question.shown"(room, body, event) {
    const known = room.questions.get(body.question);
    room.questions.set(body.question, { score: 0, pinned: false, state: "visible", ...known, ...body, seq: event.seq, at: event.at });
    return ["questions"];
  },
  "question.changed"(room, body) {
    const known = room.questions.get(body.question);
    if (known) Object.assign(known, body);
    return ["questions"];
  },
  "question.scores"(room, { scores }) {
    for (const [id, score] of Object.entries(scores ?? {})) {
      const known = room.questions.get(id);
      if (known) known.score = score;
    }
    return ["scores"];
  },
  "poll.opened"(room, { poll }) {
    room.polls.set(poll.id, { ...poll, state: "open" });
    return ["polls"];
  },
  "poll.results": (room, body) => changePoll(room, body, {}),
  "poll.closed": (room, body) => changePoll(room, body, { state: "closed" }),
  "hand.count"(room, { count }) {
    room.hands = count;
    return ["hands"];
  },
  "slide.shown"(room, { n, deck }) {
    room.slide = { n, deck };
    return ["slide"];
  },
  "webinar.live"(room) {
    room.live = true;
    return ["live"];
  },
  "webinar.ended"(room) {
    room.live = false;
    room.ended = true;
    return ["live"];
  },
  "media.cut"(room, cut) {
    room.cuts.push(cut);
    return ["cuts"];
  },
};

function changeLine(room, seq, change) {
  const line = room.lines.get(seq);
  if (line) Object.assign(line, change);
  return ["chat"];
}

function changePoll(room, { poll, ...body }, change) {
  const known = room.polls.get(poll);
  if (known) Object.assign(known, body, change);
  return ["polls"];
}

/** Questions as people want them: being answered, pinned, then by votes or by time; what is closed comes last. */
export function sorted(questions, by) {
  const rank = ({ state, pinned }) => (state === "live" ? 0 : ["answered", "dismissed", "merged", "hidden", "withdrawn"].includes(state) ? 3 : pinned ? 1 : 2);
  const order = by === "time" ? (a, b) => b.seq - a.seq : (a, b) => (b.score ?? 0) - (a.score ?? 0) || a.seq - b.seq;
  return [...questions].sort((a, b) => rank(a) - rank(b) || order(a, b));
}

/** The room from what `room/state/` answers: lists become maps by number or name. */
export function fromSnapshot(snapshot) {
  const room = { ...emptyRoom(), ...snapshot };
  const by = (rows, key) => new Map((Array.isArray(rows) ? rows : Object.values(rows ?? {})).map((row) => [row[key], row]));
  room.lines = by(snapshot.lines, "seq");
  room.questions = by(snapshot.questions, "question");
  room.polls = by(snapshot.polls, "id");
  return room;
}
