// <stream-state url>: says every few seconds whether video from OBS arrives, as the media server tells us.

const EVERY_MS = 5000;

class StreamState extends HTMLElement {
  connectedCallback() {
    this.clock = setInterval(() => this.#ask(), EVERY_MS);
    this.#ask();
  }

  disconnectedCallback() {
    clearInterval(this.clock);
  }

  async #ask() {
    if (document.hidden) return;
    try {
      const answer = await fetch(this.getAttribute("url"), { credentials: "same-origin" });
      if (!answer.ok) return;
      const { sends, text } = await answer.json();
      if (text !== this.textContent) this.textContent = text;
      this.toggleAttribute("sends", sends === true);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

customElements.define("stream-state", StreamState);
