/**
 * What is sent: one video track drawn from camera and screen, and one audio track that outlives a change of microphone.
 *
 * stage.stream         the MediaStream to record;  stage.level() → 0…1, how loud it is
 * stage.useCamera(stream), useMicrophone(stream), useScreen(stream): null takes it away
 * stage.arrange("camera" | "screen" | "both"), stage.resize({width, height, fps}), stage.mute(yes), stage.close()
 */

import { compose } from "./golive-layout.js";

export class Stage {
  constructor({ width, height, fps }) {
    this.size = { width, height };
    this.fps = fps;
    this.sources = { camera: null, screen: null };
    this.layout = "camera";
    this.worker = new Worker(new URL("./golive-worker.js", import.meta.url), { type: "module" });
    this.picture = "MediaStreamTrackProcessor" in window && "MediaStreamTrackGenerator" in window ? this.#byWorker() : this.#byCanvas();
    this.#prepareSound();
    this.stream = new MediaStream([this.picture, this.sound.stream.getAudioTracks()[0]]);
  }

  useCamera(stream) {
    this.#use("camera", stream);
  }

  useScreen(stream) {
    this.#use("screen", stream);
    this.#hear("screenSound", stream);
  }

  useMicrophone(stream) {
    this.#hear("microphone", stream);
  }

  arrange(layout) {
    this.layout = layout;
    this.worker.postMessage({ do: "layout", name: layout });
  }

  resize({ width, height, fps }) {
    this.fps = fps;
    this.worker.postMessage({ do: "size", width, height, fps });
    if (this.canvas) Object.assign(this.canvas, { width, height });
  }

  mute(yes) {
    this.voice.gain.value = yes ? 0 : 1;
  }

  level() {
    this.meter.getFloatTimeDomainData(this.samples);
    const loudness = Math.sqrt(this.samples.reduce((sum, sample) => sum + sample * sample, 0) / this.samples.length);
    // −60 dB … 0 dB as 0 … 1, for that is how ears count.
    return Math.max(0, Math.min(1, 1 + Math.log10(loudness || 1e-9) / 3));
  }

  close() {
    this.worker.postMessage({ do: "stop" });
    this.stream.getTracks().forEach((track) => track.stop());
    this.context.close();
  }

  // --- Picture -----------------------------------------------------------------------------------------------------

  // Frames go to the worker and come back as a track: nothing of it depends on the window being seen.
  #byWorker() {
    const track = new MediaStreamTrackGenerator({ kind: "video" });
    this.worker.postMessage({ do: "start", fps: this.fps, ...this.size, output: track.writable }, [track.writable]);
    this.inWorker = true;
    return track;
  }

  #byCanvas() {
    this.canvas = Object.assign(document.createElement("canvas"), this.size);
    const context = this.canvas.getContext("2d", { alpha: false });
    this.worker.onmessage = () => compose(context, this.canvas, this.layout, { camera: this.#shown("camera"), screen: this.#shown("screen") });
    this.worker.postMessage({ do: "start", fps: this.fps });
    return this.canvas.captureStream(this.fps).getVideoTracks()[0];
  }

  #use(name, stream) {
    const track = stream?.getVideoTracks()[0];
    if (this.inWorker) {
      const frames = track ? new MediaStreamTrackProcessor({ track }).readable : null;
      this.worker.postMessage({ do: "source", name, frames }, frames ? [frames] : []);
      return;
    }
    this.sources[name]?.remove();
    this.sources[name] = track ? Object.assign(document.createElement("video"), { srcObject: new MediaStream([track]), muted: true, playsInline: true }) : null;
    this.sources[name]?.play().catch(() => {});
  }

  #shown(name) {
    const video = this.sources[name];
    return video?.videoWidth ? { image: video, width: video.videoWidth, height: video.videoHeight } : null;
  }

  // --- Sound -------------------------------------------------------------------------------------------------------

  #prepareSound() {
    this.context = new AudioContext({ latencyHint: "interactive" });
    this.sound = this.context.createMediaStreamDestination();
    this.voice = this.context.createGain();
    this.meter = this.context.createAnalyser();
    this.meter.fftSize = 1024;
    this.samples = new Float32Array(this.meter.fftSize);
    this.voice.connect(this.meter);
    this.voice.connect(this.sound);
    this.heard = {};
    this.context.resume().catch(() => {});
  }

  #hear(name, stream) {
    this.heard[name]?.disconnect();
    this.heard[name] = stream?.getAudioTracks().length ? this.context.createMediaStreamSource(stream) : null;
    this.heard[name]?.connect(name === "microphone" ? this.voice : this.sound);
    this.context.resume().catch(() => {});
  }
}
