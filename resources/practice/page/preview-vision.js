// The page as people see it who do not see all colours: an SVG filter over the page, and not over the frames beside it.
// The launcher sends the mathematics: {matrix, beyond, edge} on linear red, green and blue.

const STEEP = 400; // so that the two halves meet within a step of a colour

const place = document.createElement('div');
place.className = 'preview-lens';
document.body.append(place);

const row = (parts) => `${parts.join(' ')} 0 0`;
const values = (rows) => `${rows.map(row).join(' ')} 0 0 0 1 0`;
const colours = (numbers, name) =>
  `<feColorMatrix in="SourceGraphic" result="${name}" color-interpolation-filters="linearRGB" values="${numbers}"/>`;

/** One matrix, or two with a mask: opaque where a colour lies beyond the edge. */
function steps({ matrix, beyond, edge }) {
  const widest = Math.max(...edge.map(Math.abs));
  if (!widest) return colours(values(matrix), 'seen');
  const mask = `0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 ${row(edge.map((part) => (part * STEEP) / widest))}`;
  return `${colours(values(matrix), 'within')}${colours(values(beyond), 'beyond')}${colours(mask, 'mask')}
    <feComposite color-interpolation-filters="sRGB" in="beyond" in2="mask" operator="in" result="part"/>
    <feComposite color-interpolation-filters="sRGB" in="part" in2="within" operator="over"/>`;
}

/** See an element through a lens; null takes it away. */
export function seeThrough(element, lens) {
  element.style.filter = lens ? 'url(#preview-lens)' : '';
  place.innerHTML = lens
    ? `<svg width="0" height="0" aria-hidden="true"><filter id="preview-lens" x="0" y="0" width="1" height="1">${steps(lens)}</filter></svg>`
    : '';
}
