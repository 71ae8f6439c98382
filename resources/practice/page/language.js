// The 31 languages of the meeting page and the direction they are read in.

const CODES =
  'en es-ES de-DE fr-FR it-IT pt-PT ar-SA bn-BD cs-CZ da-DK el-GR et-EE fa-IR he-IL hr-HR hu-HU id-ID ja-JP ko-KR ' +
  'lv-LV nl-NL no-NO pl-PL ro-RO ru-RU sv-SE tr-TR uk-UA vi-VN zh-CN zh-TW';
const RIGHT_TO_LEFT = new Set(['ar-SA', 'fa-IR', 'he-IL']);

const known = new Map(CODES.split(' ').map((code) => [code.toLowerCase(), code]));
let current = 'en';

export const currentLanguage = () => current;

/** Set the page's language and direction; an unknown code changes nothing, as in the real client. */
export function setLanguage(code) {
  const found = known.get((code ?? '').toLowerCase());
  if (!found) return;
  current = found;
  document.documentElement.lang = found;
  document.documentElement.dir = RIGHT_TO_LEFT.has(found) ? 'rtl' : 'ltr';
}

/** Before joining: `?lng=`, else the browser's language. */
export function setFirstLanguage(search = location.search) {
  setLanguage(navigator.language);
  setLanguage(new URLSearchParams(search).get('lng'));
}
