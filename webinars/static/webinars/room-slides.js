// Slides in step with the presenter, or at one's own pace with a way back. Pictures come small on a poor line.

import { fill, node } from "./room-lines.js";

export class SlidesPart {
  constructor(room) {
    this.room = room;
    this.section = room.querySelector("#slides");
    this.place = room.querySelector("room-slides");
    this.deck = null;
    this.pages = [];
    this.own = null;
    if (!this.place) return;
    this.place.addEventListener("keydown", (event) => this.#keys(event));
    this.place.tabIndex = 0;
    this.place.setAttribute("role", "group");
    this.place.setAttribute("aria-label", this.section?.querySelector("h2")?.textContent ?? "");
  }

  async update(changed) {
    if (!this.place || !changed.some((part) => ["all", "slide"].includes(part))) return;
    const { deck, n } = this.room.state.slide;
    if (deck && deck !== this.deck) await this.#load(deck);
    if (!n || this.own === n) this.own = null;
    this.#draw();
  }

  get shown() {
    return this.own ?? this.room.state.slide.n;
  }

  async #load(deck) {
    const answer = await fetch(`${this.room.address}slides/${deck}/`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) return;
    const { pages } = await answer.json();
    this.deck = deck;
    this.pages = pages;
    this.own = null;
  }

  #draw() {
    const page = this.pages.find(({ n }) => n === this.shown);
    this.section.toggleAttribute("data-empty", !page);
    if (!page) return this.place.replaceChildren(node("p", { class: "room-empty" }, this.room.words.no_slides));
    const { words } = this.room;
    const small = this.room.hasAttribute("lean");
    const image = node("img", { src: small ? page.small : page.src, srcset: small ? null : `${page.small} ${page.small_width}w, ${page.src} ${page.width}w`, sizes: small ? null : "(min-width: 62rem) 60vw, 100vw", width: page.width, height: page.height, alt: page.alt });
    const caption = node("figcaption", {}, fill(words.slide, { n: page.n, total: this.pages.length }));
    const hadFocus = this.place.contains(document.activeElement) ? document.activeElement.dataset.step : undefined;
    this.place.replaceChildren(node("figure", { class: "room-slide" }, image, caption), this.#bar(page), page.text ? this.#text(page) : "");
    if (hadFocus !== undefined) (this.place.querySelector(`[data-step="${hadFocus}"]:not(:disabled)`) ?? this.place).focus();
    this.#preload(page.n + 1, small);
  }

  #bar(page) {
    const { words } = this.room;
    const step = (label, to, by) => {
      const button = node("button", { type: "button", class: "btn btn-secondary btn-sm", "data-step": by, disabled: to < 1 || to > this.pages.length }, label);
      button.addEventListener("click", () => this.#go(to));
      return button;
    };
    const bar = node("div", { class: "room-slides__bar" }, step(words.previous_slide, page.n - 1, "back"), step(words.next_slide, page.n + 1, "on"));
    if (this.own !== null) {
      const back = node("button", { type: "button", class: "btn btn-primary btn-sm", "data-step": "join" }, words.back_to_presenter);
      back.addEventListener("click", () => this.#go(this.room.state.slide.n));
      bar.append(node("span", {}, fill(words.own_pace, { n: this.room.state.slide.n })), back);
    }
    return bar;
  }

  #text(page) {
    return node("details", { class: "room-slide__words" }, node("summary", {}, this.room.words.slide_text), node("p", {}, page.text));
  }

  #go(n) {
    if (n < 1 || n > this.pages.length) return;
    this.own = n === this.room.state.slide.n ? null : n;
    this.#draw();
  }

  #preload(n, small) {
    const next = this.pages.find((page) => page.n === n);
    if (next && !small) new Image().src = next.src;
  }

  #keys(event) {
    const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (!step || event.target.closest("summary")) return;
    event.preventDefault();
    this.#go(this.shown + step);
  }
}
