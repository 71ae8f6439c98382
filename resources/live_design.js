// Runs in the page of a running meeting, in a world of its own: puts another design in the place of the one it began
// with, or (css null) that one back. Gives true, or false where the page has no place for a design.
(css, sheet, logo, firstSheet) => {
  const style = document.getElementById('plugNmeetCustomization');
  if (!style) return false;
  const image = document.querySelector('#main-header img');
  const rules = () => [...style.sheet.cssRules].map((rule) => rule.cssText).join('\n'); // inserted without a text
  const first = (globalThis.firstDesign ??= { css: style.textContent || rules(), logo: null });
  if (image) first.logo ??= image.src;

  style.textContent = css ?? first.css;
  const wanted = css === null ? firstSheet : sheet;
  const links = [...document.head.querySelectorAll('link[rel=stylesheet]')];
  const shown = links.find((link) => link === globalThis.designLink || link.getAttribute('href') === firstSheet);
  if ((shown?.getAttribute('href') ?? '') !== wanted) {
    shown?.remove();
    globalThis.designLink = null;
    if (wanted) {
      globalThis.designLink = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: wanted });
      style.before(globalThis.designLink);
    }
  }
  const picture = (css === null ? '' : logo) || first.logo;
  if (image && image.src !== picture) image.src = picture;
  return true;
}
