// Puts the stored choice of colours on <html> before the first paint; without one the system decides.
// A classic script in <head> on purpose: a module would run too late and flash.
(function () {
  let choice = null;
  try {
    choice = localStorage.getItem("collegium.theme");
  } catch {
    // Storage is closed to us: the system decides.
  }
  if (choice === "light" || choice === "dark") document.documentElement.dataset.bsTheme = choice;
})();
