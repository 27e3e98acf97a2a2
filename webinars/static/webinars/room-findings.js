// Why words could not be sent: the reason, and the very words that triggered, marked. Pure.

import { node } from "./room-lines.js";

export function findingsOf(refusal, text, words) {
  const findings = refusal?.findings ?? [];
  const reason = findings.length ? words.blocked : refusal?.reason ?? words.failed;
  const characters = Array.from(text ?? "");
  const items = findings.map(({ start, end, reason: why }) => node("li", {}, node("mark", {}, characters.slice(start, end).join("")), `: ${why}`));
  return node("div", { class: "room-tried" }, node("p", {}, reason), items.length > 0 && node("ul", {}, ...items));
}
