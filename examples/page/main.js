// Draws a seven and lets the net read it.
import { start } from './node_modules/forward-forward-engine/index.js';

const canvas = document.querySelector('canvas');
const said = document.querySelector('p');

try {
  const { engine, build, threads } = await start();
  const session = new engine.Session();
  session.load(await bytesOf('model.safetensors'));
  drawSeven(canvas.getContext('2d'));
  const digit = session.prepareDrawing(ink(canvas), canvas.width, canvas.height);
  const { label } = session.classify(digit);
  said.textContent = `It reads a ${label}. Build ${build}, threads ${threads}.`;
  session.delete();
} catch (error) {
  said.textContent = error.message;
}

async function bytesOf(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

function drawSeven(context) {
  context.lineWidth = 16;
  context.lineCap = context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(55, 45);
  context.lineTo(140, 45);
  context.lineTo(85, 160);
  context.stroke();
}

/** How opaque each pixel of the canvas is. */
function ink({ width, height }) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  return Uint8Array.from({ length: width * height }, (_, i) => data[4 * i + 3]);
}
