// `custom_design` as the real client treats it: values are pasted into CSS unchecked, every rule is for light mode
// only, and it all lies outside the cascade layers of the page, so that it wins, hover colours included.

const LIGHT = 'body:not(.dark)';
const STYLE_ID = 'plugNmeetCustomization';

/** The design in the address. What is not JSON means no design and a line in the console; `{}` means none was given. */
export function readDesign(search = location.search) {
  const text = new URLSearchParams(search).get('custom_design');
  if (!text || text === '{}') return {};
  try {
    return JSON.parse(text);
  } catch (fault) {
    console.error("can't parse custom design params", fault);
    return {};
  }
}

const rule = (selector, declarations) => `${LIGHT} ${selector} { ${declarations} }\n`;

function accents(design) {
  let css = '';
  if (design.primary_color) {
    const color = design.primary_color;
    css += rule('.primaryColor', `color: ${color}`);
    css += rule('.text-primary-color', `color: ${color}`);
    css += rule('.placeholder\\:text-primaryColor\\/70::placeholder', `color: ${color}`);
    css += rule('.bg-primary-color', `background: ${color} !important`);
    css += rule('.hover\\:bg-primaryColor:hover', `background: ${color} !important`);
    css += rule('.border-primary-color', `border-color: ${color} !important`);
    css += rule(
      '.excalidraw',
      `--color-primary: ${color}; --color-primary-darker: ${color}; --color-primary-darkest: ${color}`,
    );
  }
  if (design.secondary_color) {
    const color = design.secondary_color;
    css += rule('.secondaryColor', `color: ${color} !important`);
    css += rule('.text-secondary-color', `color: ${color} !important`);
    css += rule('.bg-secondary-color', `background: ${color} !important`);
    css += rule('.hover\\:text-secondaryColor:hover', `color: ${color} !important`);
    css += rule('.group:hover .group-hover\\:text-secondaryColor', `color: ${color} !important`);
    css += rule('.border-secondary-color', `border-color: ${color} !important`);
    css += rule('.excalidraw', `--color-primary-light: ${color}`);
  }
  return css;
}

function areas(design) {
  let css = '';
  for (const selector of ['#main-area', '.error-app-bg', '.waiting-room']) {
    if (design.background_image) {
      css += rule(
        selector,
        `background: url("${design.background_image}") !important; background-position: center !important; ` +
          'background-repeat: no-repeat !important; background-size: cover !important',
      );
    } else if (design.background_color) {
      css += rule(selector, `background: ${design.background_color} !important`);
    }
  }
  if (design.header_bg_color) css += rule('header#main-header', `background: ${design.header_bg_color}`);
  if (design.footer_bg_color) css += rule('footer#main-footer', `background: ${design.footer_bg_color}`);
  return css;
}

/** A button's own colour, else the accent; the text colour counts only when there is a background to go with it. */
function button(selector, background, text) {
  if (!background) return '';
  return rule(selector, `background: ${background}`) + (text ? rule(selector, `color: ${text}`) : '');
}

function controls(design) {
  let css = '';
  if (design.footer_icon_bg_color) css += rule('.footer-icon-bg', `background: ${design.footer_icon_bg_color}`);
  if (design.footer_icon_color) css += rule('.footer-icon-bg', `color: ${design.footer_icon_color}`);
  css += button('.primary-button', design.primary_btn_bg_color || design.primary_color, design.primary_btn_text_color);
  css += button(
    '.secondary-button',
    design.secondary_btn_bg_color || design.secondary_color,
    design.secondary_btn_text_color,
  );
  const panel = design.side_panel_bg_color || design.right_side_bg_color;
  return panel ? css + rule('.side-panel-bg-color', `background: ${panel}`) : css;
}

/** The rules of a design. Throws TypeError for `null`, which leaves the real client's page blank. */
export const designCss = (design) => accents(design) + areas(design) + controls(design);

/** Put a design into the page; custom CSS goes before the rules, so that at equal strength the rules win. */
export function applyDesign(design, head = document.head) {
  const css = designCss(design);
  if (design.custom_css_url) {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = design.custom_css_url;
    head.append(link);
  }
  if (css) {
    const style = document.createElement('style');
    style.id = STYLE_ID;
    style.textContent = css;
    head.append(style);
  }
}

/** The design's logo if it is a web address; anything else leaves the default logo. */
export function logoAddress(design) {
  if (!design.custom_logo) return null; // quicker than the exception, and asked at every change of a colour
  try {
    const address = new URL(design.custom_logo);
    return ['http:', 'https:'].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}
