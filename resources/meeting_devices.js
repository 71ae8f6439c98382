// Put into a meeting's page before its own scripts; makes its devices answer as in a browser, and leaves notes for the
// window in the document: `data-device-fault`, and `data-sharing` while a screen is shared.
//
// QtWebEngine answers a refusal and a cancelled choice of the screen with "AbortError: Invalid state", which plugNmeet's
// page shows as a fault; browsers say "NotAllowedError", which it takes for what it is (`useScreenshare.ts`). And it
// refuses `preferCurrentTab`, the wish of local recording, without asking.
(() => {
  const devices = navigator.mediaDevices;
  if (!devices?.getDisplayMedia) return;
  const { getDisplayMedia, getUserMedia } = MediaDevices.prototype;
  const notes = () => document.documentElement.dataset;
  const shared = new Set();

  const note = () => {
    if (shared.size) notes().sharing = 'yes';
    else delete notes().sharing;
  };

  /** Follow a shared picture until it ends, whoever ends it: a track that its page stops fires no event. */
  function follow(track) {
    const forget = () => {
      shared.delete(track);
      note();
    };
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      forget();
    };
    track.addEventListener('ended', forget);
    shared.add(track);
    note();
  }

  document.addEventListener('pnm-stop-sharing', () => {
    for (const track of [...shared]) {
      track.stop();
      track.dispatchEvent(new Event('ended')); // as browsers do when their own button was pressed
    }
  });

  const inBrowsersWords = (fault) =>
    fault?.name === 'AbortError' ? new DOMException('Permission denied by user', 'NotAllowedError') : fault;

  const replacements = {
    async getDisplayMedia(options) {
      const { preferCurrentTab, selfBrowserSurface, ...wish } = options ?? {};
      try {
        const stream = await getDisplayMedia.call(devices, wish);
        stream.getVideoTracks().forEach(follow);
        return stream;
      } catch (fault) {
        throw inBrowsersWords(fault);
      }
    },

    async getUserMedia(options) {
      try {
        return await getUserMedia.call(devices, options);
      } catch (fault) {
        notes().deviceFault = fault?.name ?? '';
        throw inBrowsersWords(fault);
      }
    },
  };
  for (const [name, value] of Object.entries(replacements))
    Object.defineProperty(devices, name, { value, configurable: true, writable: true });
})();
