// <row-list> round a list of rows and the template of an empty one: its button adds a row here instead of asking the
// server for more.

class RowList extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.pattern = this.querySelector("template");
    this.total = this.querySelector("input[name$='-TOTAL_FORMS']");
    this.more = this.querySelector("button[name='more']");
    if (!this.list || !this.pattern || !this.total || !this.more) return;
    this.more.addEventListener("click", this.#add);
  }

  disconnectedCallback() {
    this.more?.removeEventListener("click", this.#add);
  }

  #add = (event) => {
    event.preventDefault();
    const number = Number(this.total.value);
    const row = this.pattern.content.firstElementChild.cloneNode(true);
    for (const element of row.querySelectorAll("*")) {
      for (const attribute of element.getAttributeNames()) {
        const value = element.getAttribute(attribute);
        if (value.includes("__prefix__")) element.setAttribute(attribute, value.replaceAll("__prefix__", number));
      }
    }
    this.list.append(row);
    this.total.value = number + 1;
    row.querySelector("input, textarea, select")?.focus();
  };
}

customElements.define("row-list", RowList);
