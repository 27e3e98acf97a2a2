// The long lists of the profile: a search box over them, one click for each choice, regions that follow the country.

function searchable(select) {
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control mb-1";
  box.setAttribute("aria-label", `${labelOf(select)}: ${select.dataset.searchable}`);
  box.placeholder = select.dataset.searchable;
  box.setAttribute("aria-controls", select.id);
  box.addEventListener("input", () => narrow(select, box.value.trim().toLocaleLowerCase()));
  box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  select.before(box);
  select.addEventListener("mousedown", toggleOne);
}

function labelOf(select) {
  return document.querySelector(`label[for="${select.id}"]`)?.firstChild.textContent.trim() ?? "";
}

function narrow(select, words) {
  for (const option of select.options) {
    option.hidden = !option.selected && !option.textContent.toLocaleLowerCase().includes(words);
  }
  for (const group of select.querySelectorAll("optgroup")) {
    group.hidden = [...group.children].every((option) => option.hidden);
  }
}

function toggleOne(event) {
  if (event.target.tagName !== "OPTION") return;
  event.preventDefault();
  const top = event.currentTarget.scrollTop;
  event.target.selected = !event.target.selected;
  event.currentTarget.focus();
  event.currentTarget.scrollTop = top;
  event.currentTarget.dispatchEvent(new Event("change", { bubbles: true }));
}

function followCountry(regions) {
  const country = document.getElementById(regions.dataset.regionsOf);
  country.addEventListener("change", async () => {
    const response = await fetch(`regions/?country=${encodeURIComponent(country.value)}`);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(`<select>${await response.text()}</select>`, "text/html");
    regions.replaceChildren(...page.querySelectorAll("option"));
  });
}

document.querySelectorAll("select[data-searchable]").forEach(searchable);
document.querySelectorAll("select[data-regions-of]").forEach(followCountry);
