// Curves as SVG pictures.

const width = 480;
const height = 320;
const margin = { left: 70, right: 20, top: 40, bottom: 50 };
const colours = ['#1f5fa8', '#c2571a', '#3b7d3b'];

/** Lines from 0 on; `series`: [{ title, points: [[x, y]] }]. */
export function plot({ title, x, y, series }) {
  const points = series.flatMap((line) => line.points);
  const scaleX = scale(
    points.map(([value]) => value),
    margin.left,
    width - margin.right,
  );
  const scaleY = scale(
    points.map(([, value]) => value),
    height - margin.bottom,
    margin.top,
  );
  const values = [...new Set(points.map(([value]) => value))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"` +
      ' font-family="sans-serif" font-size="12">',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(width / 2, 20, title, 'middle'),
    text(width / 2, height - 10, x, 'middle'),
    text(margin.left - 8, margin.top - 12, y, 'end'),
    ...values.map((value) => text(scaleX(value), height - margin.bottom + 18, value, 'middle')),
    ...ticks(points.map(([, value]) => value)).map((value) => gridLine(value, scaleY(value))),
    ...series.map((line, index) => curve(line, index, scaleX, scaleY)),
    '</svg>\n',
  ].join('\n');
}

function scale(values, from, to) {
  const most = Math.max(...values);
  return (value) => from + ((to - from) * value) / most;
}

/** A few round numbers from 0 to the largest. */
function ticks(values) {
  const most = Math.max(...values);
  const rough = 10 ** Math.floor(Math.log10(most));
  const step = [rough / 5, rough / 2, rough, 2 * rough].find((size) => most / size <= 6);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

const gridLine = (value, y) =>
  `<path d="M${margin.left} ${y}H${width - margin.right}" stroke="#ddd"/>` +
  text(margin.left - 8, y + 4, Number(value.toPrecision(3)), 'end');

function curve({ title, points }, index, scaleX, scaleY) {
  const colour = colours[index];
  const path = points.map(([x, y]) => `${scaleX(x).toFixed(1)},${scaleY(y).toFixed(1)}`);
  return (
    `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>` +
    text(margin.left + 12, margin.top + 4 + 16 * index, title, 'start', colour)
  );
}

const text = (x, y, content, anchor, colour = '#222') =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}">${content}</text>`;
