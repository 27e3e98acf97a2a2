/**
 * <go-live session slug commands done>: the presenter's page. Devices, a test, and one button that sends until it ends.
 *
 * Its words come from the JSON in #golive-words. What is seen of its state: the attribute `phase`
 * (setup, ready, starting, live, ending, ended), a line of state, and a banner where something needs the presenter.
 */

import { Ingest } from "./golive-ingest.js";
import { Recorder, formats, sample } from "./golive-recorder.js";
import { Stage } from "./golive-stage.js";

const QUALITIES = {
  high: { width: 1280, height: 720, fps: 15, bitrate: 1_200_000 },
  medium: { width: 960, height: 540, fps: 15, bitrate: 700_000 },
  low: { width: 640, height: 360, fps: 12, bitrate: 300_000 },
};
const LOWER = { high: "medium", medium: "low" };
const TEST_S = 5;
const STUCK_MS = 6_000;
const PROBE_BYTES = 256 * 1024;
const PROBES = 4;

class GoLive extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(document.getElementById("golive-words").textContent);
    this.streams = {};
    this.quality = "high";
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("change", (event) => this.#change(event));
    window.addEventListener("beforeunload", (event) => this.#isSending && event.preventDefault());
    navigator.mediaDevices?.addEventListener("devicechange", () => this.#listDevices());
    document.addEventListener("visibilitychange", () => this.#stayAwake());
    this.#phase("setup");
    if (!navigator.mediaDevices?.getUserMedia || !formats().length) this.#warn("unsupported");
    else this.querySelector("[data-with-scripts]").hidden = false;
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.frame);
    this.ingest?.close();
    this.stage?.close();
  }

  get #isSending() {
    return ["starting", "live", "ending"].includes(this.getAttribute("phase"));
  }

  // --- Devices -----------------------------------------------------------------------------------------------------

  async #useDevices() {
    try {
      await this.#open("camera", { video: this.#wanted("camera", { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } }) });
    } catch (problem) {
      this.#warn(problem.name === "NotAllowedError" ? "denied" : "no_camera");
    }
    try {
      await this.#open("microphone", { audio: this.#wanted("microphone", { echoCancellation: true, noiseSuppression: true, autoGainControl: true }) });
    } catch (problem) {
      this.#warn(problem.name === "NotAllowedError" ? "denied" : "no_microphone");
      return;
    }
    await this.#listDevices();
    this.#ready();
  }

  async #open(name, constraints) {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    this.#replace(name, stream);
    this.#warn("");
  }

  #wanted(name, constraints) {
    const id = this.querySelector(`[data-${name}]`).value;
    return id ? { ...constraints, deviceId: { exact: id } } : constraints;
  }

  #replace(name, stream) {
    if (!this.stage) this.#setStage();
    this.streams[name]?.getTracks().forEach((track) => track.stop());
    this.streams[name] = stream;
    for (const track of stream?.getTracks() ?? []) track.addEventListener("ended", () => this.#lost(name, stream));
    if (name === "camera") this.stage.useCamera(stream);
    if (name === "screen") this.stage.useScreen(stream);
    if (name === "microphone") this.stage.useMicrophone(stream);
    this.#arrange();
  }

  #lost(name, stream) {
    if (this.streams[name] !== stream) return;
    if (name === "screen") this.#replace("screen", null);
    else this.#warn(name === "camera" ? "camera_lost" : "microphone_lost");
  }

  #setStage() {
    this.stage = new Stage(QUALITIES[this.quality]);
    const preview = this.querySelector("[data-preview]");
    preview.srcObject = this.stage.stream;
    preview.muted = true;
    preview.play().catch(() => {});
    cancelAnimationFrame(this.frame);
    this.#showLevel();
  }

  async #shareScreen() {
    if (this.streams.screen) return this.#replace("screen", null);
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: true });
      this.querySelector("[data-layout][value=both]").checked = true;
      this.#replace("screen", stream);
    } catch {
      this.#say("no_screen");
    }
    return undefined;
  }

  #arrange() {
    const { screen, camera } = this.streams;
    const wanted = this.querySelector("[data-layout]:checked")?.value ?? "both";
    this.stage?.arrange(!screen ? "camera" : !camera ? "screen" : wanted);
    this.querySelector("[data-layouts]").hidden = !(screen && camera);
    const button = this.querySelector("[data-do=screen]");
    button.setAttribute("aria-pressed", String(Boolean(screen)));
    button.querySelector("span").textContent = screen ? this.words.stop_screen : this.words.share_screen;
  }

  async #listDevices() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    this.#offer("camera", devices.filter(({ kind }) => kind === "videoinput"));
    this.#offer("microphone", devices.filter(({ kind }) => kind === "audioinput"));
  }

  #offer(name, devices) {
    const select = this.querySelector(`[data-${name}]`);
    const used = this.streams[name]?.getTracks()[0]?.getSettings().deviceId;
    select.replaceChildren(
      ...devices.map(({ deviceId, label }, number) =>
        Object.assign(document.createElement("option"), { value: deviceId, textContent: label || `${this.words[name]} ${number + 1}`, selected: deviceId === used }),
      ),
    );
    select.disabled = devices.length === 0;
  }

  #showLevel() {
    const meter = this.querySelector("[data-level]");
    const step = () => {
      meter.value = this.stage.level();
      this.frame = requestAnimationFrame(step);
    };
    step();
  }

  #ready() {
    this.querySelector("[data-devices]").hidden = false;
    for (const button of this.querySelectorAll("[data-needs-devices]")) button.disabled = false;
    if (this.getAttribute("phase") !== "setup") return;
    this.#phase("ready");
    this.#say(this.hasAttribute("live") ? "ready_again" : "ready");
  }

  // --- Trying ------------------------------------------------------------------------------------------------------

  async #test(button) {
    button.disabled = true;
    this.#say("testing");
    const blob = await this.#sampled();
    button.disabled = false;
    if (!blob) return this.#warn("no_format");
    const player = this.querySelector("[data-test]");
    player.hidden = false;
    player.src = URL.createObjectURL(blob);
    player.play().catch(() => {});
    this.#say("tested");
    return undefined;
  }

  // A format that a browser names and then gives nothing in is passed over.
  async #sampled() {
    for (const format of formats()) {
      const blob = await sample(this.stage.stream, format, QUALITIES[this.quality].bitrate, TEST_S).catch(() => null);
      if (blob?.size > 1000) {
        this.format = format;
        return blob;
      }
    }
    return null;
  }

  async #checkNetwork(button) {
    button.disabled = true;
    this.#say("checking");
    const speed = await this.#uplink().catch(() => 0);
    button.disabled = false;
    const kind = Object.keys(QUALITIES).find((name) => speed > QUALITIES[name].bitrate * 1.5);
    const line = this.querySelector("[data-network]");
    line.textContent = fill(this.words[speed ? `network_${kind ?? "thin"}` : "network_none"], { n: (speed / 1e6).toFixed(1) });
    if (kind && !this.#isSending) this.#choose(kind);
    this.#say(this.getAttribute("phase") === "ready" ? "ready" : "");
  }

  /** Bits a second that reach the server, the first try left out: it pays for the connection. */
  async #uplink() {
    const body = crypto.getRandomValues(new Uint8Array(65_536));
    const whole = new Blob(Array.from({ length: PROBE_BYTES / body.length }, () => body));
    const times = [];
    for (let number = 0; number < PROBES; number += 1) {
      const start = performance.now();
      const answer = await fetch(this.dataset.probe, { method: "POST", body: whole, headers: { "X-CSRFToken": this.dataset.token } });
      if (!answer.ok) return 0;
      times.push(performance.now() - start);
    }
    return (PROBE_BYTES * 8 * 1000 * (PROBES - 1)) / times.slice(1).reduce((sum, time) => sum + time, 0);
  }

  /** Another size of the picture. A recorder does not follow that, so what runs begins a new take. */
  async #choose(quality) {
    this.quality = quality;
    this.querySelector("[data-quality]").value = quality;
    if (this.getAttribute("phase") === "live") await this.#restart();
    else this.stage?.resize(QUALITIES[quality]);
  }

  // --- Sending -----------------------------------------------------------------------------------------------------

  async #goLive() {
    this.#phase("starting");
    this.#say("connecting");
    this.format ??= formats()[0];
    try {
      if (!this.hasAttribute("live")) await this.#command("webinar.live");
      this.setAttribute("live", "");
      await this.#connect();
      await this.#startTake();
      this.#phase("live");
      this.began = Date.now();
      this.#say("sending");
      this.#warn("");
      this.#stayAwake();
      this.clock = setInterval(() => this.#showTime(), 1_000);
    } catch (problem) {
      this.#phase("ready");
      this.#say("ready");
      this.#warn("failed", problem.message);
    }
  }

  async #connect() {
    if (this.ingest) return;
    this.ingest = new Ingest(this.getAttribute("session"), {
      onState: (name) => this.#line(name),
      onProgress: (progress) => this.#progress(progress),
      onSlow: () => this.#lower(),
      onRefused: (_code, reason) => this.#refused(reason),
      onOver: (why) => this.#over(why),
      onFull: () => this.#full(),
    });
    await this.ingest.open();
  }

  // One recorder at a time: what an earlier one still gives belongs to no take.
  async #startTake() {
    await this.ingest.begin();
    await this.recorder?.stop();
    const recorder = new Recorder(this.stage.stream, {
      format: this.format,
      bitrate: QUALITIES[this.quality].bitrate,
      onData: (data) => recorder === this.recorder && this.#data(data),
      onSilence: () => recorder === this.recorder && this.#silent(),
    });
    this.recorder = recorder;
    recorder.start();
  }

  // Whoever was stopped meanwhile stays stopped.
  async #restart() {
    if (this.restarting || this.getAttribute("phase") !== "live") return;
    this.restarting = true;
    try {
      await this.recorder.stop();
      await this.ingest.finish();
      if (this.getAttribute("phase") !== "live") return;
      this.stage.resize(QUALITIES[this.quality]);
      await this.#startTake();
    } finally {
      this.restarting = false;
    }
  }

  // The server takes no more of this take: after too long a drop a new one begins; what it cannot read is tried in the
  // next format; and who was stopped decides when to go on.
  async #over(why) {
    if (this.getAttribute("phase") !== "live") return;
    if (why === "expired") return this.#restart();
    const next = formats()[formats().indexOf(this.format) + 1];
    if (why === "failed" && next) {
      this.format = next;
      return this.#restart();
    }
    if (why === "failed") return this.#refused(this.words.no_format);
    await this.#halt();
    this.#warn(why);
  }

  async #halt() {
    clearTimeout(this.stuck);
    clearInterval(this.clock);
    await this.recorder?.stop();
    this.recorder = null;
    this.#phase("ready");
    this.#say("paused");
  }

  async #cut() {
    const seconds = Number(this.querySelector("[data-cut-seconds]").value);
    try {
      await this.#command("media.cut", { seconds, stop: true });
      await this.#halt();
      this.#warn("cut");
    } catch (problem) {
      this.#warn("failed", problem.message);
    }
  }

  #data(data) {
    clearTimeout(this.stuck);
    if (this.warned === "silent") this.#warn("");
    this.ingest?.add(data);
  }

  // Nothing from the recorder: say so, and begin a new take when it does not come back by itself.
  #silent() {
    this.#warn("silent");
    clearTimeout(this.stuck);
    this.stuck = setTimeout(() => this.#restart(), STUCK_MS);
  }

  #lower() {
    const lower = LOWER[this.quality];
    if (!lower) return this.#warn("too_thin");
    this.#warn("lowered");
    return this.#choose(lower);
  }

  async #full() {
    if (this.restarting) return;
    this.#warn("full");
    await this.#restart();
    this.#warn("");
  }

  async #stop() {
    clearTimeout(this.stuck);
    clearInterval(this.clock);
    await this.recorder?.stop();
    this.recorder = null;
    await this.ingest?.finish();
  }

  async #pause() {
    this.#phase("ending");
    this.#say("flushing");
    await this.#stop();
    this.#phase("ready");
    this.#say("paused");
  }

  async #end() {
    this.querySelector("[data-end-dialog]").close();
    this.#phase("ending");
    this.#say("flushing");
    await this.#stop();
    try {
      await this.#command("webinar.end");
    } catch (problem) {
      this.#phase("ready");
      this.#warn("failed", problem.message);
      return;
    }
    this.ingest?.close();
    Object.keys(this.streams).forEach((name) => this.streams[name]?.getTracks().forEach((track) => track.stop()));
    this.#phase("ended");
    this.#say("ended");
    this.querySelector("[data-done]").hidden = false;
    this.querySelector("[data-done] a").focus();
  }

  #line(name) {
    if (name === "away") this.#warn("away");
    if (name === "refused") this.#warn("line_refused");
    if (name === "sending" && ["away", "line_refused"].includes(this.warned)) this.#warn("");
  }

  #refused(reason) {
    this.#warn("failed", reason);
    this.recorder?.stop();
    this.recorder = null;
    clearInterval(this.clock);
    this.#phase("ready");
    this.#say("ready_again");
    this.ingest?.close();
    this.ingest = null;
  }

  #progress({ waiting, lag }) {
    this.setAttribute("waiting", waiting);
    const line = this.querySelector("[data-waiting]");
    const text = lag > 3 ? fill(this.words.waiting, { n: Math.round(lag) }) : "";
    if (line.textContent !== text) line.textContent = text;
  }

  #showTime() {
    const seconds = Math.round((Date.now() - this.began) / 1000);
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    this.querySelector("[data-time]").textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
  }

  async #stayAwake() {
    if (this.getAttribute("phase") !== "live" || document.visibilityState !== "visible") return;
    this.awake = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  async #command(name, fields = {}) {
    const answer = await fetch(this.dataset.commands, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.dataset.token },
      body: JSON.stringify({ do: name, ref: crypto.randomUUID(), ...fields }),
    });
    if (answer.ok) return;
    const { reason } = await answer.json().catch(() => ({}));
    throw new Error(reason || this.words.no_answer);
  }

  // --- What is pressed and what is shown -----------------------------------------------------------------------------

  #click({ target }) {
    const button = target.closest?.("[data-do]");
    const act = {
      devices: () => this.#useDevices(),
      screen: () => this.#shareScreen(),
      mute: () => this.#mute(button),
      test: () => this.#test(button),
      network: () => this.#checkNetwork(button),
      live: () => this.#goLive(),
      pause: () => this.#pause(),
      ask: () => this.querySelector("[data-end-dialog]").showModal(),
      end: () => this.#end(),
      cut: () => this.#cut(),
    }[button?.dataset.do];
    act?.();
  }

  #change({ target }) {
    if (target.matches("[data-camera], [data-microphone]")) this.#useDevices();
    if (target.matches("[data-layout]")) this.#arrange();
    if (target.matches("[data-quality]")) this.#choose(target.value);
  }

  #mute(button) {
    const muted = button.getAttribute("aria-pressed") !== "true";
    this.stage.mute(muted);
    button.setAttribute("aria-pressed", String(muted));
    button.querySelector("span").textContent = muted ? this.words.unmute : this.words.mute;
  }

  #phase(name) {
    this.setAttribute("phase", name);
    const show = (selector, yes) => { for (const part of this.querySelectorAll(selector)) part.hidden = !yes; };
    show("[data-do=live]", ["setup", "ready", "starting"].includes(name));
    show("[data-do=pause], [data-onair], [data-cut]", name === "live");
    show("[data-do=ask]", name === "live" || (this.hasAttribute("live") && ["setup", "ready"].includes(name)));
    const live = this.querySelector("[data-do=live]");
    live.disabled = name !== "ready" || !this.hasAttribute("cleared");
  }

  #say(name) {
    this.querySelector("[data-state]").textContent = this.words[name] ?? "";
  }

  #warn(name, detail = "") {
    this.warned = name;
    const banner = this.querySelector("[data-banner]");
    banner.hidden = !name;
    banner.querySelector("[data-banner-text]").textContent = [this.words[name], detail].filter(Boolean).join(" ");
  }
}

function fill(pattern, values) {
  return Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), pattern ?? "");
}

customElements.define("go-live", GoLive);
