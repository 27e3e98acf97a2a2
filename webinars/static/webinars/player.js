/**
 * <room-player source="….m3u8" [audio] [renew] [live] [waiting] [lean] [start]>: plays our playlists with the browser's own
 * controls. `renew` answers {source, seconds}: the same address with a fresh ticket, fetched before the old one ends.
 *
 *   mediaAt          what is shown now, in seconds of the recording; null before anything is
 *   playingDate      the wall clock of that moment, in ms, or null
 *   seek(seconds)    goes there, clamped to what there is, and plays
 *   refresh()        what was cut out meanwhile goes from the buffer too
 *   begin()          leaves the lobby: loads and plays;  finish(): the live has ended, the rest plays on
 *   room:time        fired about four times a second and at every jump, with {mediaAt, playingDate, paused, duration}
 *
 * hls.js (light) comes only when a playlist is to be played, and only where the browser has Media Source Extensions.
 */

const SOUND_ONLY = "collegium.sound_only";
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;
const JUMP_S = 10;
const NEAR_LIVE_S = 20;
const TICKET = /\/hls\/[^/]+\//;
const FIRST_RENEWAL_S = 120;

class RoomPlayer extends HTMLElement {
  connectedCallback() {
    if (this.video) return;
    this.video = this.querySelector("video");
    this.failures = 0;
    this.wanted = Number(this.getAttribute("start")) || 0;
    this.#listen();
    this.soundOnly = this.hasAttribute("audio") && (this.hasAttribute("lean") || read(SOUND_ONLY) === "yes");
    this.querySelector("[data-bar]").hidden = false;
    const box = this.querySelector("[data-sound-only]");
    if (box) box.checked = this.soundOnly;
    if (this.hasAttribute("waiting")) this.#say("waiting");
    else this.#load();
  }

  disconnectedCallback() {
    clearTimeout(this.retry);
    clearTimeout(this.renewal);
    this.hls?.destroy();
  }

  get live() {
    return this.hasAttribute("live");
  }

  get mediaAt() {
    const { currentTime, duration, readyState } = this.video;
    if (readyState === 0) return null;
    return Number.isFinite(duration) ? Math.min(Math.max(0, currentTime), duration) : Math.max(0, currentTime);
  }

  get playingDate() {
    const started = this.video.getStartDate?.()?.getTime();
    return this.hls?.playingDate?.getTime() ?? (Number.isFinite(started) ? started + this.video.currentTime * 1000 : null);
  }

  get duration() {
    const { duration, seekable } = this.video;
    if (Number.isFinite(duration)) return duration;
    return seekable.length ? seekable.end(seekable.length - 1) : 0;
  }

  seek(seconds) {
    const end = this.duration;
    const target = Math.max(0, end ? Math.min(seconds, Math.max(0, end - 0.25)) : seconds);
    if (this.video.readyState === 0) this.wanted = target;
    else this.video.currentTime = target;
    this.#play();
    return target;
  }

  begin() {
    this.removeAttribute("waiting");
    this.setAttribute("live", "");
    if (!this.source) this.#load();
  }

  finish() {
    this.removeAttribute("live");
    this.#button("newest").hidden = true;
  }

  /** Fetches the playlist anew and forgets what is buffered: something was cut out. */
  refresh() {
    if (!this.source) return;
    const playing = !this.video.paused;
    this.wanted = this.live ? 0 : (this.mediaAt ?? this.wanted);
    this.#load().then(() => playing && this.#play());
  }

  // --- Loading ---------------------------------------------------------------------------------------------------

  async #load() {
    clearTimeout(this.retry);
    this.hls?.destroy();
    this.hls = null;
    if (this.hasAttribute("renew") && (this.source || this.failures)) await this.#renew();
    else this.#renewIn(FIRST_RENEWAL_S);
    this.source = this.getAttribute(this.soundOnly ? "audio" : "source");
    this.classList.toggle("co-player--audio", this.soundOnly);
    this.querySelector("[data-audio-only]").hidden = !this.soundOnly;
    this.#say("loading");
    if (window.ManagedMediaSource || window.MediaSource) await this.#loadByScript();
    else if (this.video.canPlayType("application/vnd.apple.mpegurl")) this.video.src = this.source;
    else this.#say("failed");
    if (this.live) this.#play();
  }

  async #loadByScript() {
    const { default: Hls } = await import("../vendor/hls.js/hls.light.min.mjs");
    const hls = new Hls({
      enableWorker: false,
      startPosition: this.wanted || (this.live ? -1 : 0),
      liveSyncDurationCount: 2,
      liveMaxLatencyDurationCount: 12,
      maxLiveSyncPlaybackRate: 1.1,
      backBufferLength: 60,
      maxBufferLength: 30,
      capLevelToPlayerSize: true,
      ...(this.hasAttribute("renew") && { xhrSetup: (xhr, url) => xhr.open("GET", this.#withTicket(url), true) }),
    });
    this.hls = hls;
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.#offerQualities());
    hls.on(Hls.Events.LEVEL_LOADED, (_name, { details }) => this.#loaded(details));
    hls.on(Hls.Events.ERROR, (_name, problem) => problem.fatal && this.#recover(Hls, problem));
    hls.loadSource(this.source);
    hls.attachMedia(this.video);
  }

  // --- The ticket in the address of a media server ------------------------------------------------------------------

  #renewIn(seconds) {
    clearTimeout(this.renewal);
    if (this.hasAttribute("renew")) this.renewal = setTimeout(() => this.#renew(), seconds * 1000 * (0.8 + Math.random() / 5));
  }

  // Who may not watch any more gets none; the player then says that the connection is gone, and the room says why.
  async #renew() {
    this.#renewIn(FIRST_RENEWAL_S);
    try {
      const answer = await fetch(this.getAttribute("renew"), { credentials: "same-origin" });
      if (!answer.ok) return;
      const { source, seconds } = await answer.json();
      this.setAttribute("source", source);
      this.#renewIn(seconds / 2);
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem;
    }
  }

  #withTicket(url) {
    const ticket = TICKET.exec(this.getAttribute("source"));
    return ticket ? url.replace(TICKET, () => ticket[0]) : url;
  }

  #loaded(details) {
    this.failures = 0;
    if (!details.live) this.finish();
  }

  #recover(Hls, problem) {
    if (problem.type === Hls.ErrorTypes.MEDIA_ERROR && !(this.mended > Date.now() - 5_000)) {
      this.mended = Date.now();
      this.hls.recoverMediaError();
      return;
    }
    this.wanted = this.live ? 0 : (this.mediaAt ?? this.wanted);
    this.#say(this.live && this.video.readyState === 0 ? "waiting" : "away");
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures);
    this.failures += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.#load(), longest * (0.5 + Math.random() / 2));
  }

  #offerQualities() {
    const levels = this.hls.levels;
    const select = this.querySelector("[data-quality]");
    const choice = this.querySelector("[data-quality-choice]");
    choice.hidden = levels.length < 2;
    const option = (value, label) => Object.assign(document.createElement("option"), { value, textContent: label });
    const name = ({ height, bitrate }) => (height ? `${height}p` : `${Math.round(bitrate / 1000)} kbit/s`);
    select.replaceChildren(option(-1, this.dataset.auto), ...levels.map((level, number) => option(number, name(level))));
  }

  // --- What the person does ----------------------------------------------------------------------------------------

  #listen() {
    const { video } = this;
    const times = ["timeupdate", "seeked", "play", "pause", "loadedmetadata", "ended"];
    for (const name of times) video.addEventListener(name, () => this.#tell());
    video.addEventListener("playing", () => this.#say(""));
    video.addEventListener("loadedmetadata", () => this.#ready());
    video.addEventListener("waiting", () => this.#say("behind"));
    video.addEventListener("volumechange", () => { this.#button("unmute").hidden = !video.muted; });
    this.addEventListener("click", ({ target }) => this.#act(target.closest?.("[data-do]")?.dataset.do));
    this.addEventListener("change", ({ target }) => this.#choose(target));
  }

  #ready() {
    if (this.video.paused) this.#say("");
    if (!this.hls && this.wanted) this.video.currentTime = this.wanted;
    const rate = this.querySelector("[data-speed]")?.value;
    if (rate) this.video.playbackRate = Number(rate);
  }

  #act(name) {
    const { video } = this;
    if (name === "back") video.currentTime = Math.max(0, video.currentTime - JUMP_S);
    if (name === "on") video.currentTime = Math.min(this.duration, video.currentTime + JUMP_S);
    if (name === "newest") this.#toNewest();
    if (name === "unmute") {
      video.muted = false;
      this.#say("");
      this.#play();
    }
  }

  #choose(target) {
    if (target.matches("[data-speed]")) this.video.playbackRate = Number(target.value);
    if (target.matches("[data-quality]") && this.hls) this.hls.nextLevel = Number(target.value);
    if (target.matches("[data-sound-only]")) this.#switchSound(target.checked);
  }

  #switchSound(soundOnly) {
    write(SOUND_ONLY, soundOnly ? "yes" : "no");
    this.soundOnly = soundOnly;
    if (!this.hasAttribute("waiting")) this.refresh();
  }

  #toNewest() {
    this.video.currentTime = this.hls?.liveSyncPosition ?? this.duration;
    this.#play();
  }

  // Browsers let a page begin with sound only after a gesture: begin without it and offer the button.
  async #play() {
    try {
      await this.video.play();
    } catch (problem) {
      if (problem.name !== "NotAllowedError" || this.video.muted) return;
      this.video.muted = true;
      this.#say("muted");
      this.video.play().catch(() => {});
    }
  }

  #tell() {
    const { mediaAt, playingDate, duration } = this;
    const { paused } = this.video;
    const newest = this.hls?.liveSyncPosition ?? duration;
    this.#button("newest").hidden = !this.live || mediaAt === null || newest - mediaAt < NEAR_LIVE_S;
    this.dispatchEvent(new CustomEvent("room:time", { bubbles: true, detail: { mediaAt, playingDate, paused, duration } }));
  }

  #say(name) {
    const text = name === "" && this.video.muted && this.live ? this.dataset.muted : (this.dataset[name] ?? "");
    const line = this.querySelector("[data-state]");
    if (line.textContent !== text) line.textContent = text;
    this.setAttribute("state", name || "playing");
    this.video.controls = name !== "waiting";
  }

  #button(name) {
    return this.querySelector(`[data-do="${name}"]`);
  }
}

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Private windows: the choice holds for this page.
  }
}

customElements.define("room-player", RoomPlayer);
