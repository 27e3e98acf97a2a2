// One picture from camera and screen: either alone, or the screen with the camera in its corner.

const CORNER = 0.24;
const MARGIN = 0.02;

/** Draws the picture. `sources` hold {image, width, height} or nothing; what is missing is left dark. */
export function compose(context, canvas, layout, { camera, screen }) {
  const { width, height } = canvas;
  context.fillStyle = "#0b1214";
  context.fillRect(0, 0, width, height);
  if (layout !== "camera" && screen) fit(context, screen, 0, 0, width, height, Math.min);
  if (layout === "camera" && camera) fit(context, camera, 0, 0, width, height, Math.min);
  if (layout === "both" && camera) {
    const part = screen ? CORNER : 1;
    const gap = screen ? MARGIN * width : 0;
    fit(context, camera, width * (1 - part) - gap, height * (1 - part) - gap, width * part, height * part, Math.min);
  }
}

/** The image whole and in the middle of the given place. */
function fit(context, { image, width, height }, x, y, w, h, choose) {
  if (!width || !height) return;
  const scale = choose(w / width, h / height);
  context.drawImage(image, x + (w - width * scale) / 2, y + (h - height * scale) / 2, width * scale, height * scale);
}
