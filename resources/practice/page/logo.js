// The logo in the header: the design's own, else a word mark drawn for this page.

import { h } from './dom.js';
import { logoAddress, readDesign } from './design.js';

const MARK = `
<svg width="80" height="45" viewBox="0 0 80 45" role="img" aria-label="plugNmeet">
  <rect class="logo-main" x="1" y="1" width="30" height="23" rx="5"/>
  <path class="logo-accent" d="M34 10.5l8-5.5v15l-8-5.5z"/>
  <g class="logo-accent"><circle cx="9" cy="12.5" r="2"/><circle cx="16" cy="12.5" r="2"/><circle cx="23" cy="12.5" r="2"/></g>
  <text class="logo-main" y="40" font-weight="800" font-size="16" textLength="79" lengthAdjust="spacingAndGlyphs"
    >plug<tspan class="logo-accent">N</tspan>m<tspan class="logo-accent">ee</tspan>t</text>
</svg>`;

function wordMark() {
  const template = document.createElement('template');
  template.innerHTML = MARK.trim();
  return template.content.firstChild;
}

/** A picture that cannot be loaded is shown as a broken picture, as in the real client. */
export function logo(address = logoAddress(readDesign())) {
  return h('div', { class: 'header-logo' }, address ? h('img', { src: address, alt: 'Logo' }) : wordMark());
}
