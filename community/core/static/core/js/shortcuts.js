// Keys: ? help, / filter box, j k items, g + letter goes to a page, Ctrl+Enter sends. Single keys can be off.

const KEY = "collegium.shortcuts";
const GO_WITHIN_MS = 1200;

let goPressedAt = 0;

export function listenForShortcuts(root) {
  const help = root.getElementById("shortcut-help");
  if (!help) return;
  const toggle = help.querySelector("#shortcuts-on");
  toggle.checked = localStorage.getItem(KEY) !== "off";
  toggle.addEventListener("change", () => localStorage.setItem(KEY, toggle.checked ? "on" : "off"));
  for (const button of root.querySelectorAll("[data-shortcut-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
  root.addEventListener("keydown", (event) => {
    if (sends(event)) return;
    if (toggle.checked && isFree(event)) press(event, help);
  });
}

function sends(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.tagName !== "TEXTAREA") return false;
  event.target.form?.requestSubmit();
  return true;
}

function isFree(event) {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
  return !writing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
}

function press(event, help) {
  const page = event.timeStamp - goPressedAt < GO_WITHIN_MS && help.getAttribute(`data-go-${event.key}`);
  goPressedAt = event.key === "g" ? event.timeStamp : 0;
  if (page) location.assign(page);
  else if (event.key === "?") help.showModal();
  else if (event.key === "/") focusFilter(event);
  else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
}

function focusFilter(event) {
  const box = document.querySelector("[data-filter-box], input[type=search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
}

// Items are [data-item]; the one that holds the focus, or else the first one on screen, is the present one.
function step(by) {
  const items = [...document.querySelectorAll("[data-item]")];
  const present = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[present < 0 ? 0 : Math.min(Math.max(present + by, 0), items.length - 1)];
  if (!next) return;
  const target = next.querySelector("a[href], button") ?? next;
  if (target === next) next.tabIndex = -1;
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}
