// Put into a meeting's page; leaves a note for the window in the document where the meeting needs what this engine
// lacks: `data-limit` is "codec" where the server has its cameras sent as H.264 (`videoCodec` in the client's
// `config.js`), and "video" where a shared MP4 video did not play. An engine that knows H.264 never leaves one.
(() => {
  const note = (limit) => (document.documentElement.dataset.limit = limit);
  const isMp4 = (address) => /\.(mp4|m4v|mov)$/i.test(new URL(address, document.baseURI).pathname);

  addEventListener('load', () => {
    if (String(window.plugNmeetConfig?.videoCodec).toLowerCase() !== 'h264' || !window.RTCRtpReceiver) return;
    const { codecs } = RTCRtpReceiver.getCapabilities('video');
    if (!codecs.some(({ mimeType }) => mimeType.toLowerCase() === 'video/h264')) note('codec');
  });

  addEventListener('error', ({ target }) => {
    const isVideo = target instanceof HTMLVideoElement || target instanceof HTMLSourceElement;
    if (!isVideo || !isMp4(target.src)) return;
    if (!document.createElement('video').canPlayType('video/mp4; codecs="avc1.42E01E"')) note('video');
  }, true);
})();
