// The chat of a room: lines as they come and earlier ones, answering, changing, unsent lines, slow mode, the menu of a
// line, search in the whole chat.

import { findingsOf } from "./room-findings.js";
import { chatLine, cut, fill, node } from "./room-lines.js";
import { count } from "./room-tabs.js";

const SHOWN = 500;
const EDIT_MS = 2 * 60 * 1000;
const TYPED_MS = 350;

export class ChatPart {
  constructor(room) {
    this.room = room;
    this.list = room.find("lines");
    this.scroll = room.find("lines-scroll");
    this.form = room.find("compose");
    this.unseen = 0;
    this.mode = null; // {reply_to} or {edit}
    this.list?.addEventListener("click", (event) => this.#openMenu(event));
    this.scroll?.addEventListener("scroll", () => this.#isAtEnd() && this.#seen());
    room.find("earlier")?.addEventListener("click", (event) => this.#earlier(event));
    room.find("newer")?.addEventListener("click", () => this.#toEnd());
    room.find("search")?.addEventListener("submit", (event) => event.preventDefault());
    room.find("search")?.addEventListener("input", () => this.#search());
    room.find("about-end")?.addEventListener("click", () => this.#write(null));
    this.form?.addEventListener("keydown", (event) => this.#keys(event));
    this.#showEnd();
  }

  owns(form) {
    return form === this.form;
  }

  update(changed, events) {
    if (changed.includes("all")) this.#drawAll();
    else if (changed.includes("chat")) this.#drawNew(events);
    if (changed.some((part) => ["all", "pinned", "chat"].includes(part))) this.#drawPinned();
    if (changed.some((part) => ["all", "rules"].includes(part))) this.#drawRules();
  }

  connection(state) {
    this.away = !["live", "twin"].includes(state);
    this.drawPending();
  }

  // --- Sending ---------------------------------------------------------------------------------------------------

  async submit(form, command) {
    const field = form.elements.text;
    if (!command.text.trim() || (this.#wait() > 0 && !this.mode?.edit)) return;
    const sent = this.#command(command);
    const mediaAt = this.room.player?.mediaAt;
    if (Number.isFinite(mediaAt) && sent.do === "chat.say") sent.media_at = Math.round(mediaAt * 10) / 10;
    const mode = this.mode;
    field.value = "";
    this.#explain();
    this.#write(null);
    const answer = this.room.send(sent);
    this.drawPending();
    this.#toEnd();
    try {
      this.#accepted(await answer);
    } catch (refusal) {
      this.#refused(refusal, sent, mode);
    } finally {
      this.drawPending();
    }
  }

  #command(command) {
    if (this.mode?.edit) return { do: "chat.edit", seq: this.mode.edit, text: command.text };
    return { do: "chat.say", text: command.text, ...(this.mode?.reply_to && { reply_to: this.mode.reply_to }) };
  }

  #accepted(answer) {
    const { slow_seconds: slow } = this.room.state.rules;
    if (slow && !this.room.hasCrew) this.#waitUntil(Date.now() + slow * 1000);
    if (answer?.held) this.#note(this.room.words.held);
  }

  #refused(refusal, sent, mode) {
    const field = this.form?.elements.text;
    if (field && !field.value) {
      field.value = sent.text;
      this.#write(mode);
    }
    if (refusal?.retry_after) this.#waitUntil(Date.now() + refusal.retry_after * 1000);
    if (refusal?.code === "slow_mode") return this.#waitUntil(this.#lastOwn() + this.room.state.rules.slow_seconds * 1000);
    this.#explain(findingsOf(refusal, sent.text, this.room.words));
  }

  #explain(note) {
    this.room.find("findings")?.replaceChildren(...(note ? [note] : []));
  }

  #note(text) {
    this.#explain(node("div", { class: "room-tried room-tried--held" }, node("p", {}, text)));
  }

  #keys(event) {
    if (event.key === "Escape" && this.mode) this.#write(null);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target.name !== "text") return;
    if (matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  /** What the next line will be: an answer to a line, a change of one's own, or a new one. */
  #write(mode) {
    const about = this.room.find("about");
    const field = this.form?.elements.text;
    if (!about || !field) return;
    if (this.mode?.edit && mode === null && field.value) field.value = "";
    this.mode = mode;
    about.hidden = !mode;
    if (!mode) return;
    const line = this.room.state.lines.get(mode.edit ?? mode.reply_to);
    about.firstElementChild.textContent = mode.edit ? this.room.words.editing : fill(this.room.words.replying, { name: line?.name ?? "" });
    if (mode.edit && line && !field.value) field.value = line.text;
    field.focus();
  }

  // --- Drawing ---------------------------------------------------------------------------------------------------

  #drawAll() {
    if (this.sought) return;
    const lines = [...this.room.state.lines.values()].slice(-SHOWN);
    this.#offerEarlier(this.room.state.earlier || this.room.state.lines.size > SHOWN);
    if (!lines.length && !this.room.outbox.lines.length) return;
    this.list.replaceChildren(...lines.map((line) => chatLine(line, this.room.about)));
    this.drawPending();
    this.#showEnd();
  }

  #drawNew(events) {
    if (this.sought) return;
    const stays = !this.#isAtEnd();
    for (const seq of this.#touched()) this.#redraw(seq);
    const last = Number([...this.list.querySelectorAll("[data-seq]")].at(-1)?.dataset.seq ?? 0);
    const fresh = [...this.room.state.lines.values()].filter(({ seq }) => seq > last);
    if (fresh.length) this.list.querySelector(".room-empty")?.remove();
    this.list.append(...fresh.map((line) => chatLine(line, this.room.about)));
    while (this.list.childElementCount > SHOWN && !stays) this.list.firstElementChild.remove();
    this.drawPending();
    if (fresh.some(({ by }) => by === this.room.you.handle) || !stays) this.#showEnd();
    else this.#more(fresh.length);
    this.#announce(events, fresh);
  }

  /** Lines on the page that now read otherwise. */
  #touched() {
    const state = this.room.state.lines;
    return [...this.list.querySelectorAll("[data-seq]")]
      .map((item) => Number(item.dataset.seq))
      .filter((seq) => state.get(seq)?.gone || state.get(seq)?.edited);
  }

  #redraw(seq) {
    const shown = this.list.querySelector(`[data-seq="${seq}"]`);
    const line = this.room.state.lines.get(seq);
    const mark = `${line.gone ?? ""}|${line.text}`;
    if (!shown || shown.dataset.drawn === mark) return;
    const fresh = chatLine(line, this.room.about);
    fresh.dataset.drawn = mark;
    shown.replaceWith(fresh);
  }

  /** Lines that wait for their answer stand at the end, marked. */
  drawPending() {
    for (const item of this.list.querySelectorAll(".room-line--pending")) item.remove();
    const { words, you, outbox, about } = this.room;
    const waiting = outbox.lines.map((command) => chatLine({ ...command, seq: "", by: you.handle, name: you.name ?? you.handle, pending: this.away ? words.pending : words.sending }, { ...about, words }));
    if (waiting.length) this.list.querySelector(".room-empty")?.remove();
    this.list.append(...waiting);
  }

  #drawPinned() {
    const place = this.room.find("pinned");
    const line = this.room.state.lines.get(this.room.state.pinned);
    if (!place) return;
    place.hidden = !line || Boolean(line.gone);
    if (place.hidden) return;
    place.querySelector("a").replaceWith(node("a", { href: `#line-${line.seq}` }, node("strong", {}, node("bdi", {}, line.name ?? "")), `: ${cut(line.text, 200)}`));
  }

  /** Closed, or open again: what one has typed stays in its field. */
  #drawRules() {
    const { rules } = this.room.state;
    const closed = rules.chat_open === false && !this.room.hasCrew;
    const note = this.room.find("closed");
    if (note) note.hidden = !closed;
    if (this.form) this.form.hidden = closed;
    if (this.form && !rules.slow_seconds && this.free) this.#waitUntil(0);
  }

  #announce(events, fresh) {
    const said = new Set(events.filter(({ verb }) => verb === "chat.said").map(({ seq }) => seq));
    const { words } = this.room;
    for (const line of fresh.filter(({ seq, by }) => said.has(seq) && by !== this.room.you.handle)) {
      this.room.announcer.news("chat", `${line.name}: ${cut(line.text, 120)}`, (n) => fill(words.new_lines, { n }));
    }
  }

  // --- Scrolling -------------------------------------------------------------------------------------------------

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < 60;
  }

  #showEnd() {
    if (this.scroll) this.scroll.scrollTop = this.scroll.scrollHeight;
    this.#seen();
  }

  #toEnd() {
    this.#showEnd();
  }

  #more(number) {
    if (!number) return;
    this.unseen += number;
    const button = this.room.find("newer");
    button.textContent = this.unseen === 1 ? this.room.words.new_line : fill(this.room.words.new_lines, { n: this.unseen });
    button.hidden = false;
    if (this.room.dataset.open !== "chat") count(this.room, "chat", this.unseen);
  }

  #seen() {
    this.unseen = 0;
    const button = this.room.find("newer");
    if (button) button.hidden = true;
  }

  // --- Slow mode -------------------------------------------------------------------------------------------------

  #wait() {
    return Math.max(0, Math.ceil(((this.free ?? 0) - Date.now()) / 1000));
  }

  /** When one wrote last, by the server's clock as far as this page knows it. */
  #lastOwn() {
    const own = [...this.room.state.lines.values()].filter(({ by }) => by === this.room.you.handle);
    return own.length ? Date.parse(own.at(-1).at) : Date.now();
  }

  #waitUntil(moment) {
    this.free = moment;
    clearInterval(this.ticking);
    const show = () => {
      const left = this.#wait();
      this.room.find("wait").textContent = left ? fill(this.room.words.wait, { n: left }) : "";
      this.form.querySelector(".room-compose__end button").disabled = left > 0;
      if (!left) clearInterval(this.ticking);
    };
    show();
    this.ticking = setInterval(show, 1000);
  }

  // --- The menu of a line ----------------------------------------------------------------------------------------

  #openMenu(event) {
    const link = event.target.closest("[data-more]");
    const menu = this.room.find("menu");
    if (!link || !menu?.showPopover) return;
    const line = this.room.state.lines.get(Number(link.dataset.more));
    if (!line) return;
    event.preventDefault();
    this.opener = link;
    this.#show(menu, this.#acts(line));
    menu.onkeydown = (pressed) => this.#walk(pressed, menu);
    menu.ontoggle = (toggled) => toggled.newState === "closed" && menu.contains(document.activeElement) && link.focus();
  }

  #acts(line) {
    const { words, may, you, address } = this.room;
    const own = line.by === you.handle;
    const young = Date.now() - Date.parse(line.at) < EDIT_MS;
    const pinned = this.room.state.pinned === line.seq;
    return [
      may.has("chat.say") && [words.reply, () => this.#write({ reply_to: line.seq })],
      own && young && may.has("chat.edit") && [words.edit, () => this.#write({ edit: line.seq })],
      own && may.has("chat.delete") && [words.delete, () => this.room.act({ do: "chat.delete", seq: line.seq })],
      !own && may.has("chat.report") && [words.report, () => this.#why((reason) => this.#report(line, reason))],
      may.has("chat.follow_up") && [words.follow_up, () => location.assign(`${address}room/follow-up/${line.seq}/`)],
      may.has("chat.pin") && [pinned ? words.unpin : words.pin_line, () => this.room.act({ do: "chat.pin", ...(pinned ? {} : { seq: line.seq }) })],
      may.has("chat.hide") && [words.hide, () => this.#why((reason) => this.room.act({ do: "chat.hide", seq: line.seq, reason })), "danger"],
      !own && may.has("room.mute") && [words.mute, () => this.#why((reason) => this.room.act({ do: "room.mute", member: line.by, reason })), "danger"],
      !own && may.has("room.ban") && [words.ban, () => this.#why((reason) => this.room.act({ do: "room.ban", member: line.by, reason })), "danger"],
    ].filter(Boolean);
  }

  #show(menu, acts, heading) {
    const items = acts.map(([label, act, kind]) => this.#item(label, act, kind, menu));
    menu.replaceChildren(...(heading ? [node("p", { class: "co-menu__who" }, heading)] : []), ...items);
    menu.showPopover();
    place(menu, this.opener);
    menu.querySelector("button")?.focus();
  }

  #item(label, act, kind, menu) {
    const button = node("button", { type: "button", class: `co-menu__item${kind ? ` text-${kind}` : ""}` }, label);
    button.addEventListener("click", () => {
      menu.hidePopover();
      this.opener.focus();
      act();
    });
    return button;
  }

  /** The same menu once more, with the reasons to choose from. */
  #why(act) {
    const { words } = this.room;
    this.#show(this.room.find("menu"), Object.entries(words.reasons).map(([reason, label]) => [label, () => act(reason)]), words.why);
  }

  async #report(line, reason) {
    if (await this.room.act({ do: "chat.report", seq: line.seq, reason })) this.#note(this.room.words.reported);
  }

  #walk(event, menu) {
    const items = [...menu.querySelectorAll("button, a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
  }

  // --- Earlier lines, and search -----------------------------------------------------------------------------------

  #offerEarlier(isThere) {
    const link = this.room.find("earlier");
    if (link) link.hidden = !isThere;
  }

  /** Lines before the first one shown, above it; what is read stays where it is. */
  async #earlier(event) {
    event.preventDefault();
    const first = Number(this.list.querySelector("[data-seq]")?.dataset.seq);
    const page = await this.#fetchLines({ before: first || "", q: this.sought ?? "" });
    if (!page) return;
    if (!this.sought) this.room.keep(page.lines);
    const height = this.scroll.scrollHeight;
    this.list.prepend(...page.lines.map((line) => chatLine(line, this.room.about)));
    this.scroll.scrollTop += this.scroll.scrollHeight - height;
    this.#offerEarlier(page.earlier);
  }

  async #fetchLines(asked) {
    try {
      const answer = await fetch(`${this.room.address}room/lines/?${new URLSearchParams(asked)}`, { credentials: "same-origin" });
      return answer.ok ? await answer.json() : null;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return null;
    }
  }

  #search() {
    clearTimeout(this.typing);
    const sought = this.room.find("search").elements.q.value.trim();
    this.typing = setTimeout(() => (sought ? this.#find(sought) : this.#endSearch()), TYPED_MS);
  }

  /** What the server finds in the whole chat stands in the place of the newest lines until the field is empty. */
  async #find(sought) {
    const page = await this.#fetchLines({ q: sought });
    if (!page || this.room.find("search").elements.q.value.trim() !== sought) return;
    this.sought = sought;
    this.room.keep(page.lines);
    const found = page.lines.map((line) => chatLine(line, this.room.about));
    this.list.replaceChildren(...(found.length ? found : [node("li", { class: "room-empty" }, this.room.words.no_hits)]));
    this.room.say(found.length ? fill(this.room.words.hits, { n: found.length }) : this.room.words.no_hits);
    this.#offerEarlier(page.earlier);
  }

  #endSearch() {
    if (!this.sought) return;
    this.sought = undefined;
    this.#drawAll();
  }
}

function place(menu, link) {
  const { bottom, top, right } = link.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = menu;
  menu.style.insetInlineStart = "auto";
  menu.style.left = `${Math.max(8, right - offsetWidth)}px`;
  menu.style.top = `${bottom + offsetHeight > innerHeight ? Math.max(8, top - offsetHeight) : bottom}px`;
}
