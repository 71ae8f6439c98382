// Which parameter of a design paints which part of the page, from the pointer's side and from the parameter's.

import { isDark } from './theme.js';

const BUTTONS = {
  '.primary-button': ['primary_btn_bg_color', 'primary_btn_text_color', 'primary_color'],
  '.secondary-button': ['secondary_btn_bg_color', 'secondary_btn_text_color', 'secondary_color'],
};

/** From the inside to the outside; an empty list is what no parameter reaches. */
const REGIONS = Object.entries({
  '.footer-icon-bg svg': ['footer_icon_color', 'footer_icon_bg_color'],
  '.footer-icon-bg': ['footer_icon_bg_color', 'footer_icon_color'],
  '.lock-badge': ['primary_color', 'footer_icon_bg_color', 'footer_icon_color'],
  '.unread-badge': ['secondary_color'],
  '.plus-badge, .end-call, .send-button, .danger-button, .theme-switch, .chat-avatar, .landing-device': [],
  ...BUTTONS,
  '.avatar': ['primary_color'],
  '.menu-icon.text-primary-color': ['primary_color'],
  '.speaker-pill .primaryColor': ['primary_color'],
  '.speaker-pill .secondaryColor': ['secondary_color'],
  '.header-logo': ['custom_logo', 'header_bg_color'],
  '.tile, .speaker-pill, .search-field, .message:not(.mine) > div, .notice, .practice-badge': [],
  '.menu:not(.side-panel-bg-color)': [],
  '.side-panel-bg-color': ['side_panel_bg_color'],
  '#main-header': ['header_bg_color'],
  '#main-footer': ['footer_bg_color'],
  '#main-area': ['background_color', 'background_image'],
});

const PAINTED = {
  primary_color: '.avatar, .menu-icon.text-primary-color, .speaker-pill .primaryColor, .lock-badge',
  secondary_color: '.unread-badge, .speaker-pill .secondaryColor',
  primary_btn_bg_color: '.primary-button',
  primary_btn_text_color: '.primary-button',
  secondary_btn_bg_color: '.secondary-button',
  secondary_btn_text_color: '.secondary-button',
  background_color: '#main-area',
  background_image: '#main-area',
  header_bg_color: '#main-header',
  footer_bg_color: '#main-footer',
  footer_icon_bg_color: '.footer-icon-bg',
  footer_icon_color: '.footer-icon-bg svg',
  side_panel_bg_color: '.side-panel-bg-color',
  custom_logo: '.header-logo',
};

/** `{element, parameters}` of what is under the pointer; the whole page, with no parameters, where nothing reaches. */
export function regionOf(target, design) {
  for (let element = target; element && element !== document.body; element = element.parentElement) {
    const found = REGIONS.find(([selector]) => element.matches(selector));
    if (found) return { element, parameters: inForce(found[1], design) };
  }
  return { element: null, parameters: [] };
}

/** The one that paints now comes first: a picture hides the background's colour. In the dark only the logo is left. */
function inForce(parameters, design) {
  if (isDark()) return parameters.filter((name) => name === 'custom_logo');
  return parameters[0] === 'background_color' && design.background_image ? parameters.toReversed() : parameters;
}

/** The visible elements that a parameter paints, or would paint if it were set. */
export function paintedBy(parameter, design) {
  let selector = PAINTED[parameter];
  if (parameter === 'primary_color' && !design.primary_btn_bg_color) selector += ', .primary-button';
  if (parameter === 'secondary_color' && !design.secondary_btn_bg_color) selector += ', .secondary-button';
  if (!selector || (isDark() && parameter !== 'custom_logo')) return [];
  return visible(selector);
}

export const visible = (selector) =>
  [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
