/**
 * <recording-upload data-address>: sends a large file in parts, each with its sum, and goes on after anything: a lost
 * line, a reload, another day. The file is read part by part, so that its size costs no memory.
 *
 * Its words come from the JSON in #upload-words. The addresses and states are those of docs/ingest.md.
 */

const LOOK_AGAIN_MS = 2_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
const MB = 1_000_000;

class RecordingUpload extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(document.getElementById("upload-words").textContent);
    this.field = this.querySelector("[data-file]");
    this.field.disabled = false;
    this.field.addEventListener("change", () => { this.#button("start").disabled = !this.field.files.length; });
    this.addEventListener("click", ({ target }) => this.#act(target.closest?.("[data-do]")?.dataset.do));
    window.addEventListener("online", () => this.wake?.());
    window.addEventListener("beforeunload", (event) => this.sending && event.preventDefault());
    if (this.dataset.upload) this.#show({ upload: this.dataset.upload });
    if (this.dataset.upload) this.#look();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.stopped = true;
  }

  async #act(name) {
    if (name === "start") await this.#send(this.field.files[0]);
    if (name === "pause") this.#pause();
    if (name === "cancel") await this.#cancel();
  }

  // --- Sending -----------------------------------------------------------------------------------------------------

  async #send(file) {
    this.stopped = false;
    this.sending = true;
    this.#warn("");
    this.#say("reading");
    try {
      const upload = await this.#ask("", { size: file.size });
      this.#show(upload);
      const sums = await this.#parts(file, upload);
      if (sums) this.#follow(await this.#ask(`${upload.upload}/finish/`, { digest: await digestOf(sums) }));
    } catch (problem) {
      this.#warn("refused", problem.message);
    }
    this.sending = false;
    this.#show(this.upload);
  }

  /** Sends what is missing, in order; resolves with the sums of all parts, or nothing when it was paused. */
  async #parts(file, { upload, part_size: size, part_count: count, have }) {
    const sums = [];
    for (let number = 0; number < count; number += 1) {
      if (this.stopped) return undefined;
      const bytes = await file.slice(number * size, (number + 1) * size).arrayBuffer();
      const sum = await hexSum(bytes);
      if (have[number] && have[number] !== sum) throw new Error(this.words.other);
      if (!have[number]) await this.#part(`${upload}/${number}/`, bytes, sum);
      sums.push(sum);
      this.#progress(Math.min(file.size, (number + 1) * size), file.size);
    }
    return sums;
  }

  async #part(path, bytes, sum) {
    for (let failures = 0; !this.stopped; failures += 1) {
      try {
        const answer = await this.#fetch(path, { method: "PUT", body: bytes, headers: { "X-Part-SHA256": sum, "Content-Type": "application/octet-stream" } });
        this.#warn("");
        return answer;
      } catch (problem) {
        if (problem.final) throw problem;
        this.#warn("away");
        await this.#wait(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures));
      }
    }
    return undefined;
  }

  #wait(milliseconds) {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, milliseconds * (0.5 + Math.random() / 2));
    });
  }

  #pause() {
    this.stopped = true;
    this.wake?.();
    this.#say("paused");
  }

  async #cancel() {
    this.stopped = true;
    this.wake?.();
    try {
      await this.#ask(`${this.upload.upload}/cancel/`, {});
      this.upload = null;
      this.#say("cancelled");
      this.#show(null);
    } catch (problem) {
      this.#warn("refused", problem.message);
    }
  }

  // --- What becomes of it --------------------------------------------------------------------------------------------

  async #look() {
    try {
      this.#follow(await this.#fetch(`${this.upload.upload}/`, {}));
    } catch {
      this.timer = setTimeout(() => this.#look(), LOOK_AGAIN_MS);
    }
  }

  #follow(upload) {
    this.#show(upload);
    const { state, progress, received, size } = upload;
    if (state === "receiving") this.#progress(received, size);
    if (state === "working") {
      this.#bar(progress);
      this.#say("working", { n: progress });
      this.timer = setTimeout(() => this.#look(), LOOK_AGAIN_MS);
    }
    if (state === "ready") {
      this.#bar(100);
      this.#say("ready");
      this.querySelector("[data-done]").hidden = false;
    }
    if (state === "failed") this.#warn("failed");
  }

  // --- The line ----------------------------------------------------------------------------------------------------

  #ask(path, body) {
    return this.#fetch(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  }

  async #fetch(path, options) {
    const headers = { ...options.headers, "X-CSRFToken": this.dataset.token, Accept: "application/json" };
    const answer = await fetch(`${this.dataset.address}${path}`, { ...options, headers });
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    // What the site refuses stays refused; what it cannot do now (busy, restarting) is tried again.
    const final = answer.status < 500 && answer.status !== 429;
    throw Object.assign(new Error(told.reason || this.words.refused), { final });
  }

  // --- What is shown -----------------------------------------------------------------------------------------------

  #show(upload) {
    this.upload = upload;
    const { state = "" } = upload ?? {};
    const busy = ["working", "ready"].includes(state);
    this.#button("start").hidden = this.sending || busy;
    this.#button("pause").hidden = !this.sending;
    this.#button("cancel").hidden = !upload || busy || state === "cancelled";
    this.field.disabled = Boolean(this.sending) || busy;
    this.querySelector("[data-progress]").hidden = !upload;
  }

  #progress(done, total) {
    this.#bar((100 * done) / total);
    this.#say("sending", { n: (done / MB).toFixed(0), total: (total / MB).toFixed(0) });
  }

  #bar(value) {
    this.querySelector("[data-bar]").value = value;
  }

  #say(name, values = {}) {
    const text = Object.entries(values).reduce((words, [key, value]) => words.replaceAll(`{${key}}`, value), this.words[name] ?? "");
    this.querySelector("[data-state]").textContent = text;
  }

  #warn(name, detail = "") {
    const banner = this.querySelector("[data-banner]");
    banner.hidden = !name;
    banner.querySelector("[data-banner-text]").textContent = [this.words[name], detail].filter(Boolean).join(" ");
  }

  #button(name) {
    return this.querySelector(`[data-do="${name}"]`);
  }
}

async function hexSum(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The sum over the parts' sums, as bytes in their order. */
function digestOf(sums) {
  const bytes = sums.flatMap((sum) => sum.match(/../g).map((pair) => Number.parseInt(pair, 16)));
  return hexSum(new Uint8Array(bytes));
}

customElements.define("recording-upload", RecordingUpload);
