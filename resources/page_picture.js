// Runs in a page of which a picture is wanted. `ready` waits until the page has its size and everything in it is loaded,
// and then puts a mark into the corner: a picture that shows the mark is a picture of the page as it is now.
window.pagePicture ??= (() => {
  const SIZE = 16;
  const mark = document.createElement('div');
  const look = {
    position: 'fixed', inset: '0 auto auto 0', width: `${SIZE}px`, height: `${SIZE}px`, margin: '0', padding: '0',
    border: '0', opacity: '1', visibility: 'visible', display: 'block', transform: 'none', filter: 'none', zoom: '1',
    'z-index': '2147483647', 'pointer-events': 'none', 'mix-blend-mode': 'normal', direction: 'ltr',
    background: 'repeating-conic-gradient(#ff00fe 0 25%, #00ff01 0 50%) 0 0 / 16px 16px',
  };
  for (const [name, value] of Object.entries(look)) mark.style.setProperty(name, value, 'important');

  let state = {};
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  async function until(done, ends) {
    while (!done() && performance.now() < ends) await frame();
    return done();
  }

  const sized = (width, height) =>
    Math.abs(innerWidth - width) < 2 && Math.abs(innerHeight - height) < 2 && document.visibilityState === 'visible';

  async function decodes(address, ends) {
    const picture = new Image();
    picture.src = address;
    const late = until(() => false, ends);
    return Promise.race([picture.decode().then(() => true, () => false), late]);
  }

  /** Asked by a second link, as one whose events have been cannot be asked any more. */
  async function gives(address, ends) {
    let answer = null;
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', media: 'not all', href: address });
    link.addEventListener('load', () => (answer = true));
    link.addEventListener('error', () => (answer = false));
    document.head.prepend(link);
    await until(() => answer !== null, ends);
    link.remove();
    return answer === true;
  }

  /** The parameters whose address gave nothing that can be shown. */
  async function load(addresses, ends) {
    const missing = [];
    await document.fonts.ready;
    if (addresses.custom_css_url && !(await gives(addresses.custom_css_url, ends))) missing.push('custom_css_url');
    const logo = document.querySelector('.header-logo img');
    if (addresses.custom_logo && !(await decodes(logo?.src ?? addresses.custom_logo, ends))) missing.push('custom_logo');
    if (logo) await until(() => logo.complete, ends);
    if (addresses.background_image && !(await decodes(addresses.background_image, ends)))
      missing.push('background_image');
    await document.fonts.ready;
    return missing;
  }

  return {
    /** `addresses` are those the design loads, by parameter; `patience` is for what they give, in ms. */
    async ready(turn, width, height, addresses, patience) {
      state = { turn };
      await until(() => sized(width, height), Infinity);
      const missing = await load(addresses, performance.now() + patience);
      await frame();
      await frame();
      if (state.turn !== turn) return;
      document.documentElement.append(mark);
      await frame();
      state = { turn, marked: true, missing };
    },
    again: () => document.documentElement.append(mark),
    unmark: () => mark.remove(),
    state: () => JSON.stringify(state),
  };
})();
