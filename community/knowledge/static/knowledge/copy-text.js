// <copy-text for="citation" done="Copied"><button>Copy</button></copy-text>: puts an element's words on the clipboard.
// It stays hidden where there is no clipboard to write to.

const SHOWN_MS = 2000;

class CopyText extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    if (!this.button || !navigator.clipboard) return;
    this.hidden = false;
    this.button.addEventListener("click", this.#copy);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.button?.removeEventListener("click", this.#copy);
  }

  #copy = async () => {
    const source = document.getElementById(this.getAttribute("for"));
    await navigator.clipboard.writeText(source.textContent.trim());
    const words = this.button.lastChild;
    this.words ??= words.textContent;
    words.textContent = this.getAttribute("done") ?? "Copied";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (words.textContent = this.words), SHOWN_MS);
  };
}

customElements.define("copy-text", CopyText);
