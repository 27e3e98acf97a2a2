// Short news about what has just happened, for what is also kept elsewhere. Errors never come as toasts.

const STAYS_MS = 10000;

// toast("Reply removed", {label: "Undo", act}) shows a line for ten seconds; it waits while pointed at or focused.
export function toast(words, action) {
  const line = document.createElement("div");
  line.className = "co-toast";
  line.append(Object.assign(document.createElement("span"), { textContent: words }));
  if (action) line.append(button(action, line));
  document.getElementById("toasts").append(line);
  let timer = setTimeout(() => line.remove(), STAYS_MS);
  const wait = () => clearTimeout(timer);
  const resume = () => { timer = setTimeout(() => line.remove(), STAYS_MS / 2); };
  line.addEventListener("pointerenter", wait);
  line.addEventListener("focusin", wait);
  line.addEventListener("pointerleave", resume);
  line.addEventListener("focusout", resume);
  return line;
}

function button({ label, act }, line) {
  const element = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  element.addEventListener("click", () => {
    act();
    line.remove();
  });
  return element;
}
