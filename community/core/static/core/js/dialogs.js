// Browsers that know command/commandfor open dialogs by themselves; this serves those that do not.

export function openDialogs(root) {
  if ("commandForElement" in HTMLButtonElement.prototype) return;
  root.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor][command='show-modal']");
    if (button) root.getElementById(button.getAttribute("commandfor"))?.showModal();
  });
}
