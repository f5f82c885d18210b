/** A chart of the page as a picture file. */

/** Pixels of the picture for one of the page. */
const scale = 2;
/** What the page's style gives to a part of a chart, which the picture must carry with it. */
const carried = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'paint-order', 'font'] as const;

/** PNG, on the page's paper. */
export async function pictureOfChart(chart: SVGSVGElement): Promise<Blob> {
  const { width, height } = chart.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const context = canvas.getContext('2d')!;
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(await imageOf(withStyle(chart)), 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser makes no picture of the chart.'))));
  });
}

function withStyle(chart: SVGSVGElement): SVGSVGElement {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const { width, height } = chart.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const parts = copy.querySelectorAll<SVGElement>('*');
  chart.querySelectorAll('*').forEach((part, place) => {
    const style = getComputedStyle(part);
    for (const name of carried) parts[place]!.style.setProperty(name, style.getPropertyValue(name));
  });
  return copy;
}

async function imageOf(chart: SVGSVGElement): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(chart.outerHTML)}`;
  await image.decode();
  return image;
}
