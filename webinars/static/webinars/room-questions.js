// Questions of a room: the list by votes or time, voting, asking, and what became of one's own.

import { findingsOf } from "./room-findings.js";
import { cut, fill, node, pill, question } from "./room-lines.js";
import { sorted } from "./room-state.js";
import { count } from "./room-tabs.js";

const CALM_MS = 4000;
// A room may have a thousand questions: so many are drawn at first, and as many more at each wish.
const PER_PAGE = 50;
const MANY = 15;

export class QuestionsPart {
  constructor(room) {
    this.room = room;
    this.list = room.find("questions");
    this.form = room.find("ask");
    this.most = PER_PAGE;
    this.sought = "";
    this.pages = room.find("question-pages");
    this.finder = room.find("find");
    this.finder?.addEventListener("submit", (event) => event.preventDefault());
    this.finder?.querySelector("button")?.remove();
    this.finder?.querySelector("input[type=search]")?.addEventListener("input", (event) => {
      this.sought = event.target.value.trim().toLocaleLowerCase();
      this.#draw();
    });
    this.by = room.find("sort")?.elements.sort?.value ?? "votes";
    room.find("sort")?.addEventListener("change", (event) => {
      this.by = event.target.value;
      this.#draw();
    });
  }

  owns(form) {
    return form === this.form || form.dataset.do === "question.vote";
  }

  update(changed, events) {
    if (this.awaited && this.awaited <= this.room.state.seq) {
      this.#remember({ seq: this.awaited });
      this.awaited = undefined;
    }
    if (changed.some((part) => ["all", "questions"].includes(part))) this.#draw();
    else if (changed.includes("scores")) this.#scores();
    this.#announce(events);
  }

  submit(form, command) {
    return form === this.form ? this.#ask(form, command) : this.#vote(form, command);
  }

  async #ask(form, command) {
    const place = this.room.find("question-findings");
    const { words } = this.room;
    if (!command.text.trim()) return;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await this.room.send({ ...command, anonymous: Boolean(command.anonymous) });
      const waits = answer?.held || answer?.queued || this.room.state.rules.questions_queued;
      this.#remember(answer);
      if (waits) this.room.find("own-questions").append(node("li", {}, pill(words.states.queue, "caution"), ` ${command.text}`));
      place.replaceChildren(node("div", { class: "room-tried room-tried--held" }, node("p", {}, waits ? words.queued : words.asked)));
      form.reset();
      this.#draw();
    } catch (refusal) {
      place.replaceChildren(findingsOf(refusal, command.text, words));
    } finally {
      button.disabled = false;
    }
  }

  /** A question of one's own is known by the number of its event; anonymous ones name nobody. */
  #remember(answer) {
    const shown = [...this.room.state.questions.values()].find(({ seq }) => seq === answer?.seq);
    if (shown) this.room.mine.questions.add(shown.question);
    else this.awaited = answer?.seq;
  }

  /** The mark changes at once and goes back when the vote is refused; numbers come with the room's next tally. */
  async #vote(form, command) {
    const { votes } = this.room.mine;
    const button = form.querySelector("button");
    const had = votes.has(command.question);
    const set = (on) => {
      votes[on ? "add" : "delete"](command.question);
      button.setAttribute("aria-pressed", String(on));
    };
    set(!had);
    const sent = { question: command.question, do: had ? "question.unvote" : "question.vote" };
    if (!(await this.room.act(sent, form))) set(had);
  }

  // --- Drawing ---------------------------------------------------------------------------------------------------

  #draw() {
    if (!this.list) return;
    const questions = sorted([...this.room.state.questions.values()].filter(({ state }) => !["hidden", "withdrawn", "queue"].includes(state)), this.by);
    const focused = document.activeElement?.closest?.("[data-question]")?.dataset.question;
    const inVote = document.activeElement?.matches?.(".room-vote");
    const found = this.sought ? questions.filter(({ text }) => text?.toLocaleLowerCase().includes(this.sought)) : questions;
    const drawn = found.slice(0, this.most);
    if (questions.length || !this.list.querySelector(".room-empty")) this.list.replaceChildren(...drawn.map((each) => question(each, this.room.about)));
    if (this.finder) this.finder.hidden = questions.length < MANY && !this.sought;
    this.#more(found.length, drawn.length);
    if (focused) this.list.querySelector(`[data-question="${focused}"] ${inVote ? ".room-vote" : "button"}`)?.focus?.();
    const open = questions.filter(({ state }) => state === "visible" || state === "live").length;
    count(this.room, "questions", open);
  }

  /** How many are drawn of those found, and the way to more; what the server wrote there goes. */
  #more(found, drawn) {
    const { words } = this.room;
    const told = found > drawn || this.sought ? node("p", {}, fill(words.questions_of, { n: drawn, total: found })) : "";
    const button = node("button", { type: "button", class: "btn btn-secondary btn-sm" }, words.more_questions);
    button.addEventListener("click", () => {
      this.most += PER_PAGE;
      this.#draw();
      this.list.children[drawn]?.querySelector("button")?.focus();
    });
    this.pages?.replaceChildren(...[told, found > drawn ? button : ""].filter(Boolean));
  }

  /** Numbers change in place; the order follows a little later, and never under somebody's finger. */
  #scores() {
    for (const each of this.room.state.questions.values()) {
      const place = this.list?.querySelector(`[data-question="${each.question}"] .room-vote__n`);
      if (place) place.textContent = String(each.score ?? 0);
    }
    clearTimeout(this.later);
    this.later = setTimeout(() => (this.list.matches(":hover, :focus-within") ? this.#scores() : this.#draw()), CALM_MS);
  }

  #announce(events) {
    const { words, announcer, you } = this.room;
    for (const { verb, body, by } of events) {
      const known = this.room.state.questions.get(body?.question);
      if (verb === "question.shown" && by !== you.handle) announcer.news("room", fill(words.new_question, { text: cut(body.text, 120) }));
      if (verb === "question.changed" && body.state === "live" && known) announcer.news("room", fill(words.now_answering, { text: cut(known.text, 120) }));
    }
  }
}
