// <live-room slug address mine may starts ends handle>: takes the page of a room over from the server and keeps it live.
//
// It holds the folded state, sends every form with data-do as a command, and tells its parts what changed. Each part
// draws one section. Without sockets, or without scripts, the same forms post and the same sections come with the page.

import { openTopic } from "../live/live-topic.js";
import { Announcer } from "./room-announcer.js";
import { ChatPart } from "./room-chat.js";
import { commandOf } from "./room-commands.js";
import { Outbox } from "./room-outbox.js";
import { PeoplePart } from "./room-people.js";
import { PollsPart } from "./room-polls.js";
import { QuestionsPart } from "./room-questions.js";
import { SignalsPart } from "./room-signals.js";
import { SlidesPart } from "./room-slides.js";
import { apply, emptyRoom, fromSnapshot } from "./room-state.js";
import { setUpTabs } from "./room-tabs.js";

class LiveRoom extends HTMLElement {
  async connectedCallback() {
    if (this.words) return;
    this.words = JSON.parse(document.getElementById("room-words").textContent);
    this.address = this.getAttribute("address");
    this.commands = `${this.address}room/commands/`;
    this.token = this.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    this.you = { handle: this.getAttribute("handle"), roles: (this.getAttribute("roles") ?? "").split(" ").filter(Boolean) };
    this.may = new Set((this.getAttribute("may") ?? "").split(" ").filter(Boolean));
    this.mine = mineOf(JSON.parse(this.getAttribute("mine") || "{}"));
    this.state = emptyRoom();
    this.announcer = new Announcer(this.find("announcer"));
    this.outbox = new Outbox(this);
    this.addEventListener("submit", (event) => this.#submit(event));
    this.parts = [ChatPart, QuestionsPart, PollsPart, SlidesPart, PeoplePart, SignalsPart].map((Part) => new Part(this));
    setUpTabs(this);
    this.style.setProperty("--room-top", `${Math.round(this.getBoundingClientRect().top + scrollY)}px`);
    await this.reload();
    this.#connect();
  }

  disconnectedCallback() {
    this.topic?.close();
  }

  /** The element of the page with this data-room name. */
  find(name) {
    return this.querySelector(`[data-room="${name}"]`);
  }

  get player() {
    return this.querySelector("room-player");
  }

  /** What the renderers of room-lines.js need to know. */
  get about() {
    const { words, you, may, mine, address, commands, token } = this;
    return { words, you, may, mine, address, commands, token, lineOf: (seq) => this.state.lines.get(seq) };
  }

  get hasCrew() {
    return this.you.roles.length > 0;
  }

  /** The whole state anew over HTTP: at the start, and when too much was missed. */
  async reload() {
    try {
      const answer = await fetch(`${this.address}room/state/`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return;
      const { seq, state, own } = await answer.json();
      this.state = fromSnapshot({ ...state, seq });
      this.mine = mineOf(own);
      this.may = new Set(own.may);
      this.you = own;
      this.#tell(["all"], []);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }

  /** Lines that were fetched beside the log, older than those the page began with: known from now on, in their order. */
  keep(lines) {
    const all = new Map([...lines.map((line) => [line.seq, line]), ...this.state.lines]);
    this.state.lines = new Map([...all].sort(([a], [b]) => a - b));
  }

  /** Sends a command with its ref; what has no answer yet is kept and sent again, also after a reload. */
  send(command) {
    return this.outbox.send(command);
  }

  /** Tells a part's refusal or good news where the person looks. */
  say(text) {
    this.announcer.now(text);
  }

  transmit(command) {
    return this.topic ? this.topic.send(command) : Promise.reject({ code: "away" });
  }

  // --- The line to the server ------------------------------------------------------------------------------------

  #connect() {
    this.#connection("away", this.words.catching);
    this.topic = openTopic(`room/${this.getAttribute("slug")}`, {
      onJoined: (events, frame) => this.#joined(events, frame),
      onEvents: (events, { replayed }) => this.#take(events, replayed),
      onState: (state, code) => this.#changed(state, code),
      onPresence: (frame) => this.#tell(["presence"], [], frame),
      onResync: () => this.#again(),
      path: `/ws/rooms/${this.getAttribute("slug")}/`,
      twin: `${this.address}room/`,
      token: this.token,
    });
    this.outbox.resume();
  }

  #joined(events, frame) {
    if (frame?.may) this.may = new Set(frame.may);
    if (frame?.you) this.you = frame.you;
    if (Number.isFinite(frame?.present)) this.#tell(["presence"], [], { present: frame.present });
    const fresh = events.filter(({ seq }) => seq > this.state.seq);
    if (fresh.length && fresh[0].seq > this.state.seq + 1) this.reload();
    else this.#take(fresh, true);
  }

  #take(events, replayed) {
    const changed = new Set();
    const fresh = events.filter(({ seq }) => seq > this.state.seq);
    for (const event of fresh) for (const part of apply(this.state, event)) changed.add(part);
    if (fresh.length) this.#tell([...changed], replayed ? [] : fresh);
  }

  #tell(changed, events, frame) {
    for (const part of this.parts) part.update(changed, events, frame);
  }

  async #again() {
    this.#connection("away", this.words.catching);
    this.topic.close();
    await this.reload();
    this.#connect();
  }

  #changed(state) {
    const text = { live: this.words.live, away: this.words.away, twin: this.words.twin, ended: this.words.ended_for_you }[state];
    this.#connection(state, text ?? state);
    for (const part of this.parts) part.connection?.(state);
  }

  #connection(state, text) {
    const place = this.find("connection");
    if (!place || place.textContent === text) return;
    place.dataset.state = state;
    place.textContent = text;
  }

  // --- Forms -----------------------------------------------------------------------------------------------------

  async #submit(event) {
    const form = event.target.closest("form[data-do]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const command = commandOf(form, event.submitter);
    const part = this.parts.find((each) => each.owns?.(form));
    if (part) return part.submit(form, command);
    await this.act(command, form);
  }

  /** A command from a button: says what came of it; the log tells the rest. */
  async act(command, form) {
    const buttons = [...(form?.querySelectorAll("button") ?? [])];
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    try {
      await this.send(command);
      return true;
    } catch (refusal) {
      this.say(refusal?.reason ?? this.words.failed);
      this.#complain(refusal?.reason ?? this.words.failed, form);
      return false;
    } finally {
      for (const button of buttons) button.removeAttribute("aria-disabled");
    }
  }

  #complain(text, form) {
    if (!form?.isConnected) return;
    form.querySelector(".room-tried")?.remove();
    const note = Object.assign(document.createElement("p"), { className: "room-tried", textContent: text });
    form.append(note);
    setTimeout(() => note.remove(), 8000);
  }
}

/** What is this viewer's own, as sets: from the page, where questions are ids, or from the state. */
function mineOf({ votes = [], answers = {}, questions = [], hand = false }) {
  const ids = questions.map((each) => each.question ?? each);
  return { votes: new Set(votes), answers: new Map(Object.entries(answers)), questions: new Set(ids), hand };
}

customElements.define("live-room", LiveRoom);
