// In the presenter's browser, before its page: a camera that shows the wall clock, and a microphone that tells its seconds.
//
// The picture is 8 × 4 fields, black or white: 24 bits of the time in ms, then 8 bits of check. A tone of 60 ms begins
// with each whole second of the same clock.

(() => {
  const COLUMNS = 8, ROWS = 4, WIDTH = 640, HEIGHT = 360, EVERY_MS = 33;
  const bitsOf = (ms) => {
    const value = Math.floor(ms) % 2 ** 24;
    const check = ((value & 255) ^ ((value >> 8) & 255) ^ (value >> 16) ^ 0xa5) & 255;
    return Array.from({ length: 32 }, (_, bit) => (bit < 24 ? (value >> bit) & 1 : (check >> (bit - 24)) & 1));
  };

  function picture() {
    const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
    const context = canvas.getContext("2d", { alpha: false });
    const [w, h] = [WIDTH / COLUMNS, HEIGHT / ROWS];
    setInterval(() => bitsOf(Date.now()).forEach((bit, place) => {
      context.fillStyle = bit ? "#fff" : "#000";
      context.fillRect((place % COLUMNS) * w, Math.floor(place / COLUMNS) * h, w, h);
    }), EVERY_MS);
    return canvas.captureStream(30).getVideoTracks();
  }

  function sound() {
    const context = new AudioContext();
    const out = context.createMediaStreamDestination();
    const [tone, gate] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = 1_000;
    gate.gain.value = 0;
    tone.connect(gate).connect(out);
    tone.start();
    let told = 0;
    setInterval(() => {
      const second = Math.ceil(Date.now() / 1_000 + 0.1);
      if (second === told) return;
      told = second;
      // The two clocks are compared anew for each tone: that of the sound card is what may drift.
      const start = context.currentTime + second - Date.now() / 1_000;
      gate.gain.setValueAtTime(1, start);
      gate.gain.setValueAtTime(0, start + 0.06);
    }, 100);
    context.resume();
    return out.stream.getAudioTracks();
  }

  navigator.mediaDevices.getUserMedia = async ({ video, audio }) =>
    new MediaStream([...(video ? picture() : []), ...(audio ? sound() : [])]);
})();
