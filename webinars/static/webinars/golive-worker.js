// Beats time for what is sent, also while the presenter looks at another window, where timers of pages sleep.
//
// {do: "start", fps}                         answers {is: "tick"} fps times a second
// {do: "start", fps, width, height, output}  draws by itself and writes VideoFrames to `output`
// {do: "size", width, height, fps}           from the next picture on
// {do: "source", name, frames}               camera or screen as a stream of VideoFrames, or null
// {do: "layout", name}                       camera | screen | both

import { compose } from "./golive-layout.js";

const sources = {};
const readers = {};
let timer, canvas, context, writer, layout = "camera", busy = false;

onmessage = ({ data }) => ACTS[data.do](data);

const ACTS = {
  start({ fps, width, height, output }) {
    if (output) {
      canvas = new OffscreenCanvas(width, height);
      context = canvas.getContext("2d", { alpha: false, desynchronized: true });
      writer = output.getWriter();
    }
    beat(fps);
  },
  size({ width, height, fps }) {
    if (canvas) Object.assign(canvas, { width, height });
    beat(fps);
  },
  source({ name, frames }) {
    sources[name]?.close();
    sources[name] = null;
    readers[name] = frames?.getReader();
    if (frames) read(name, readers[name]);
  },
  layout({ name }) {
    layout = name;
  },
  stop() {
    clearInterval(timer);
    for (const name of Object.keys(sources)) ACTS.source({ name, frames: null });
    writer?.close().catch(() => {});
    close();
  },
};

function beat(fps) {
  clearInterval(timer);
  timer = setInterval(writer ? draw : () => postMessage({ is: "tick" }), 1000 / fps);
}

async function read(name, reader) {
  for (;;) {
    const { value, done } = await reader.read().catch(() => ({ done: true }));
    if (readers[name] !== reader) {
      value?.close();
      return reader.cancel().catch(() => {});
    }
    sources[name]?.close();
    sources[name] = done ? null : value;
    if (done) return undefined;
  }
}

// The last picture is drawn again where nothing has moved: a still screen keeps sending.
async function draw() {
  if (busy) return;
  busy = true;
  compose(context, canvas, layout, { camera: sized(sources.camera), screen: sized(sources.screen) });
  const frame = new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) });
  await writer.write(frame).catch(() => {});
  frame.close();
  busy = false;
}

function sized(frame) {
  return frame && { image: frame, width: frame.displayWidth, height: frame.displayHeight };
}
