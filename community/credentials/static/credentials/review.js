// Keys of the verifier's pages. A key only moves to its button: Enter decides, so no slip of the finger does.

const SHORTCUTS = "collegium.shortcuts";

function isFree(event) {
  const writing = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
  return !writing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
}

document.addEventListener("keydown", (event) => {
  if (localStorage.getItem(SHORTCUTS) === "off" || !isFree(event)) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.focus();
  button.scrollIntoView({ block: "nearest" });
});

document.getElementById("document")?.focus({ preventScroll: false });
