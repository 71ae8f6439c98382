// Put into a meeting's page before its own scripts. QtWebEngine answers a cancelled choice of the screen with
// "AbortError: Invalid state", which plugNmeet's page shows as a fault; browsers say "NotAllowedError", which it takes
// for what it is (`useScreenshare.ts`). And it refuses `preferCurrentTab`, the wish of local recording, without asking.
(() => {
  const devices = navigator.mediaDevices;
  if (!devices?.getDisplayMedia) return;
  const original = devices.getDisplayMedia.bind(devices);

  const getDisplayMedia = async (options) => {
    const { preferCurrentTab, selfBrowserSurface, ...wish } = options ?? {};
    try {
      return await original(wish);
    } catch (fault) {
      throw fault?.name === 'AbortError' ? new DOMException('Permission denied by user', 'NotAllowedError') : fault;
    }
  };
  Object.defineProperty(devices, 'getDisplayMedia', { value: getDisplayMedia, configurable: true, writable: true });
})();
