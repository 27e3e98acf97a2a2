/**
 * Turns the stage into numbered pieces of one take.
 *
 * formats(accepted)      what this browser can record, best first
 * new Recorder(stream, {format, bitrate, onData(blob), onSilence(), onStop()}).start()
 */

const KEY_FRAME_MS = 1_000;
const PIECE_MS = 500;
const SILENCE_MS = 3_000;
const SOUND_BITRATE = 96_000;

// MP4 with H.264 and AAC needs no work on the server; the others cost it more from line to line.
const FORMATS = [
  "video/mp4;codecs=avc1.42E01F,mp4a.40.2",
  "video/mp4;codecs=avc1,mp4a.40.2",
  "video/webm;codecs=h264,opus",
  "video/webm;codecs=vp8,opus",
  "video/webm;codecs=vp9,opus",
];

export function formats(known = FORMATS) {
  return "MediaRecorder" in window ? known.filter((format) => MediaRecorder.isTypeSupported(format)) : [];
}

export class Recorder {
  constructor(stream, options) {
    this.stream = stream;
    this.options = options;
  }

  start() {
    const { format, bitrate } = this.options;
    this.recorder = new MediaRecorder(this.stream, {
      mimeType: format,
      videoBitsPerSecond: bitrate,
      audioBitsPerSecond: SOUND_BITRATE,
      videoKeyFrameIntervalDuration: KEY_FRAME_MS,
    });
    this.type = format;
    this.stopped = new Promise((resolve) => this.recorder.addEventListener("stop", resolve, { once: true }));
    this.recorder.addEventListener("dataavailable", ({ data }) => this.#take(data));
    this.recorder.addEventListener("error", () => this.options.onSilence?.());
    this.recorder.start(PIECE_MS);
    this.last = performance.now();
    this.watch = setInterval(() => this.#check(), 500);
    return this;
  }

  /** Ends the take; resolves when its last piece has been handed over. */
  async stop() {
    clearInterval(this.watch);
    if (this.recorder.state !== "inactive") this.recorder.stop();
    await this.stopped;
  }

  #take(data) {
    if (!data.size) return;
    this.last = performance.now();
    this.silent = false;
    this.options.onData(data);
  }

  #check() {
    if (performance.now() - this.last < SILENCE_MS) return;
    if (!this.silent) this.options.onSilence?.();
    this.silent = true;
  }
}

/** Records `seconds` of the stream; resolves with a Blob, empty where the format gives nothing. */
export async function sample(stream, format, bitrate, seconds) {
  const pieces = [];
  const recorder = new Recorder(stream, { format, bitrate, onData: (data) => pieces.push(data) }).start();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  await recorder.stop();
  return new Blob(pieces, { type: recorder.recorder.mimeType || format });
}
