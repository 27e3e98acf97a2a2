// Polls of a room: answering, results as they come, and a word when one opens.

import { findingsOf } from "./room-findings.js";
import { fill, poll } from "./room-lines.js";
import { count } from "./room-tabs.js";

export class PollsPart {
  constructor(room) {
    this.room = room;
    this.list = room.find("polls");
  }

  owns(form) {
    return form.dataset.do === "poll.vote";
  }

  update(changed, events) {
    if (changed.some((part) => ["all", "polls"].includes(part))) this.#draw();
    const { words, announcer } = this.room;
    for (const { verb, body } of events) {
      if (verb === "poll.opened") announcer.news("room", fill(words.poll_opened, { text: body.poll.prompt }));
    }
  }

  async submit(form, command) {
    const place = this.room.find("poll-findings");
    if (!command.options?.length && !command.text?.trim()) return;
    try {
      await this.room.send(command);
      this.room.mine.answers.set(command.poll, command.options ?? []);
      place?.replaceChildren();
      this.#draw();
      this.list.querySelector(`[data-poll="${command.poll}"]`)?.setAttribute("tabindex", "-1");
      this.list.querySelector(`[data-poll="${command.poll}"]`)?.focus();
    } catch (refusal) {
      place?.replaceChildren(findingsOf(refusal, command.text ?? "", this.room.words));
    }
  }

  /** Only what changed is drawn anew, so that a choice being made stays. */
  #draw() {
    if (!this.list) return;
    const polls = [...this.room.state.polls.values()].reverse();
    if (!polls.length) return;
    const items = polls.map((each) => this.#item(each));
    const same = items.length === this.list.children.length && items.every((item, at) => item === this.list.children[at]);
    if (!same) this.list.replaceChildren(...items);
    const waiting = polls.filter(({ id, state }) => state === "open" && !this.room.mine.answers.has(id)).length;
    count(this.room, "polls", waiting);
  }

  #item(each) {
    const mark = JSON.stringify([each.state, each.counts, each.total, this.room.mine.answers.has(each.id)]);
    const shown = this.list.querySelector(`[data-poll="${each.id}"]`);
    const isAnswering = each.state === "open" && !this.room.mine.answers.has(each.id);
    if (shown && (shown.dataset.drawn === mark || (isAnswering && shown.querySelector("fieldset") && shown.dataset.drawn))) return shown;
    const item = poll(each, this.room.about);
    item.dataset.drawn = mark;
    return item;
  }
}
