// <local-time datetime until guess="full|date|hours">: visitors have told no time zone, so their browser's is put in.
// Members have chosen theirs: without `guess` nothing is changed.

const PARTS = {
  full: { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  date: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  hours: { hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
};

class LocalTime extends HTMLElement {
  connectedCallback() {
    const parts = PARTS[this.getAttribute("guess")];
    const from = new Date(this.getAttribute("datetime"));
    const until = new Date(this.getAttribute("until") ?? from);
    if (!parts || Number.isNaN(from.valueOf())) return;
    const language = document.documentElement.lang || undefined;
    const format = new Intl.DateTimeFormat(language, { ...parts, hourCycle: "h23" });
    this.textContent = parts.hour ? format.formatRange(from, until) : format.format(from);
  }
}

customElements.define("local-time", LocalTime);
