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
    video: false,
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
    const line = { text: "", ...body, seq: event.seq, at: event.at, by: event.by };
    if (line.gone === "edited") delete line.gone;
    room.lines.set(event.seq, line);
    return ["chat"];
  },
  // A change whose own words are gone says nothing: the line says what became of them.
  "chat.edited"(room, { of, text, restored }) {
    const line = room.lines.get(of);
    if (!line || text === undefined) return [];
    const { gone, ...known } = line;
    room.lines.set(of, { ...known, text, ...(restored ? {} : { edited: true }) });
    return ["chat"];
  },
  "chat.deleted": (room, { of }) => empty(room, of, "deleted"),
  "chat.hidden": (room, { of }) => empty(room, of, "hidden"),
  "chat.pinned"(room, { of }) {
    room.pinned = of ?? null;
    return ["pinned"];
  },
  "room.changed"(room, rules) {
    room.rules = { ...room.rules, ...rules };
    return ["rules"];
  },
  "question.shown"(room, body, event) {
    const known = room.questions.get(body.question) ?? { score: 0, pinned: false, state: "visible" };
    const { gone, ...shown } = body;
    room.questions.set(body.question, { ...known, text: "", ...shown, seq: event.seq, at: event.at, by: event.by });
    return ["questions"];
  },
  "question.changed"(room, body) {
    const known = room.questions.get(body.question);
    const isGone = ["hidden", "withdrawn"].includes(body.state);
    if (known) room.questions.set(body.question, { ...known, ...body, ...(isGone ? { text: "" } : {}) });
    return ["questions"];
  },
  "question.scores"(room, { scores }) {
    for (const [id, score] of Object.entries(scores)) {
      const known = room.questions.get(id);
      if (known) room.questions.set(id, { ...known, score });
    }
    return ["scores"];
  },
  "poll.opened"(room, { poll }, event) {
    room.polls.set(poll.id, { ...poll, state: "open", seq: event.seq });
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
  "webinar.live": (room) => course(room, true, false),
  "webinar.ended": (room) => course(room, false, true),
  "video.begun"(room) {
    room.video = true;
    return ["live"];
  },
  // The words that were cut with a piece of the video are named, lines and questions.
  "media.cut"(room, { from, to, lines = [], questions = [] }) {
    room.cuts = [...room.cuts, { from, to }];
    for (const seq of lines) empty(room, seq, "cut");
    for (const id of questions) {
      const known = room.questions.get(id);
      if (known) room.questions.set(id, { ...known, text: "" });
    }
    return ["cuts", "chat", "questions"];
  },
};

function empty(room, seq, why) {
  const line = room.lines.get(seq);
  if (!line) return [];
  const { edited, ...known } = line;
  room.lines.set(seq, { ...known, text: "", gone: why });
  return ["chat"];
}

function course(room, live, ended) {
  Object.assign(room, { live, ended });
  return ["live"];
}

function changePoll(room, { poll, ...body }, change) {
  const known = room.polls.get(poll);
  if (known) room.polls.set(poll, { ...known, ...body, ...change });
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
