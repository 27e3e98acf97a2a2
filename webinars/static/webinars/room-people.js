// Who is here, as counts: in all, by profession and by region. Small groups never reach this page.

import { fill, node, said } from "./room-lines.js";

export class PeoplePart {
  constructor(room) {
    this.room = room;
    const speech = room.find("speech");
    if (!speech) return;
    speech.hidden = false;
    const choice = speech.querySelector("select");
    choice.value = room.announcer.level;
    choice.addEventListener("change", () => room.announcer.choose(choice.value));
  }

  update(changed, _events, frame) {
    if (!changed.includes("presence") || !frame) return;
    const { words } = this.room;
    const text = Number.isFinite(frame.present) ? fill(words.present, { n: frame.present }) : "";
    if (text) this.room.find("present").textContent = text;
    const total = this.room.find("people-total");
    if (text && total) total.textContent = text;
    if (frame.by) this.#groups(frame.by, frame.present);
  }

  #groups(by, present) {
    const place = this.room.find("people");
    if (!place) return;
    place.hidden = false;
    for (const list of place.querySelectorAll("[data-by]")) {
      const rows = Object.entries(by[list.dataset.by] ?? {}).sort((a, b) => b[1] - a[1]);
      list.replaceChildren(...rows.map(([label, n]) => row(said(label, this.room.words), n, present)));
    }
  }
}

function row(label, n, total) {
  const bar = node("progress", { class: "co-progress", max: total || n, value: n, "aria-hidden": "true" });
  return node("li", { class: "room-result" }, node("span", {}, label), node("span", { class: "room-result__n" }, String(n)), bar);
}
