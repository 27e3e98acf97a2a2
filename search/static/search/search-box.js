// Suggestions under the search box: a combobox with a list (ARIA APG). Without it the form works as it is.

const WAIT_MS = 120;

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = document.createElement("ul");
    this.list.id = "search-suggestions";
    this.list.className = "co-search__list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.querySelector("label").textContent);
    this.list.hidden = true;
    this.append(this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => this.take(event.target.closest("li")));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const typed = this.input.value;
    const answer = await fetch(`${this.getAttribute("suggest")}?${new URLSearchParams({ q: typed })}`).catch(() => null);
    if (!answer?.ok || this.input.value !== typed) return;
    const { suggestions } = await answer.json();
    this.list.replaceChildren(...suggestions.map((each, index) => option(each, index)));
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.chosen()) {
      event.preventDefault();
      this.take(this.chosen());
    }
  }

  chosen() {
    return this.list.querySelector('[aria-selected="true"]');
  }

  move(by) {
    const items = [...this.list.children];
    const at = items.indexOf(this.chosen());
    const next = items[(at + by + items.length + (at < 0 && by < 0 ? 1 : 0)) % items.length];
    for (const item of items) item.setAttribute("aria-selected", String(item === next));
    this.input.setAttribute("aria-activedescendant", next.id);
  }

  take(item) {
    if (!item) return;
    if (item.dataset.url) {
      location.assign(item.dataset.url);
      return;
    }
    this.input.value = this.input.value.replace(/\S+$/, item.dataset.insert) + (item.dataset.insert.endsWith(":") ? "" : " ");
    this.close();
    this.input.focus();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function option(each, index) {
  const item = document.createElement("li");
  item.id = `search-suggestion-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  if (each.url) item.dataset.url = each.url;
  if (each.insert) item.dataset.insert = each.insert;
  const kind = document.createElement("small");
  kind.textContent = each.insert ? "" : each.kind;
  item.append(each.label, kind);
  return item;
}

// Which place on the page is opened is counted, without the person.
class SearchHits extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const row = event.target.closest("[data-item]");
      const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
      if (!row || !token || !event.target.closest("a")) return;
      const place = 1 + [...this.querySelectorAll("[data-item]")].indexOf(row);
      navigator.sendBeacon(this.getAttribute("picked"), new URLSearchParams({ q: this.getAttribute("q"), place, csrfmiddlewaretoken: token }));
    });
  }
}

customElements.define("search-box", SearchBox);
customElements.define("search-hits", SearchHits);
