// Fills in the browser's time zone where none is chosen yet; the person can change it.

const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("[data-zone-guess]")) {
  const isOpen = field.value === "" || field.value === "UTC";
  const isOffered = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === guess);
  if (isOpen && isOffered && guess) field.value = guess;
}
