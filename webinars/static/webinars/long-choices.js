// A search box over a long list of boxes to tick; what is ticked stays in sight. Without JavaScript the list is whole.

const MANY = 9;
const words = document.querySelector("script[data-search]").dataset.search;

function searchable(fieldset) {
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control wb-choices__search";
  box.placeholder = words;
  box.setAttribute("aria-label", `${fieldset.querySelector("legend").firstChild.textContent.trim()}: ${words}`);
  box.addEventListener("input", () => narrow(fieldset, box.value.trim().toLocaleLowerCase()));
  box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  fieldset.querySelector(".form-check").before(box);
}

function narrow(fieldset, sought) {
  for (const line of fieldset.querySelectorAll(".form-check")) {
    line.hidden = !line.querySelector("input").checked && !line.textContent.toLocaleLowerCase().includes(sought);
  }
}

for (const fieldset of document.querySelectorAll(".co-choices")) {
  if (fieldset.querySelectorAll("[type=checkbox]").length >= MANY) searchable(fieldset);
}
