// The theme switch: light, dark, or as the system says. The choice stays in this browser.

const KEY = "collegium.theme";

export function switchThemes(root) {
  const switches = root.querySelectorAll("[data-theme-switch]");
  for (const each of switches) {
    each.hidden = false;
    each.addEventListener("change", (event) => choose(event.target.value, switches));
  }
  show(localStorage.getItem(KEY) ?? "auto", switches);
}

function choose(theme, switches) {
  if (theme === "auto") {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset.bsTheme;
  } else {
    localStorage.setItem(KEY, theme);
    document.documentElement.dataset.bsTheme = theme;
  }
  show(theme, switches);
}

function show(theme, switches) {
  for (const each of switches) each.querySelector(`[value="${theme}"]`).checked = true;
}
