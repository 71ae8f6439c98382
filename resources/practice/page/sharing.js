// Sharing one's microphone, camera and screen, and taking them back.

import { deviceFault, openCamera, openMicrophone, openScreen, stop, watchVoice } from './devices.js';

/** What a room can do with devices. The streams are in the room's store; a fault is said in a notice. */
export function sharing({ get, set, say, me }) {
  let stopVoice = () => {};

  async function start(opener, take) {
    try {
      take(await opener());
    } catch (fault) {
      say(deviceFault(fault));
    }
  }

  /** Keep a stream, or stop the one that is there; a device that is unplugged counts as stopped. */
  function keep(kind, stream) {
    if (!stream) stop(get()[kind]);
    set({ [kind]: stream });
    for (const track of stream?.getTracks() ?? []) track.addEventListener('ended', () => takers[kind](null));
  }

  const takers = {
    microphone(stream) {
      stopVoice();
      stopVoice = stream ? watchVoice(stream, (speaking) => set({ speaker: speaking ? me.name : null })) : () => {};
      keep('microphone', stream);
      set({ muted: false });
    },
    camera: (stream) => keep('camera', stream),
    screen: (stream) => keep('screen', stream),
  };

  const toggle = (kind, opener) => () => (get()[kind] ? takers[kind](null) : start(opener, takers[kind]));

  return {
    takeMicrophone: takers.microphone,
    takeCamera: takers.camera,
    startMicrophone: () => start(openMicrophone, takers.microphone),
    toggleCamera: toggle('camera', openCamera),
    toggleScreen: toggle('screen', openScreen),
    toggleMute() {
      const muted = !get().muted;
      set({ muted });
      for (const track of get().microphone.getAudioTracks()) track.enabled = !muted;
    },
    stopSharing: () => Object.values(takers).forEach((take) => take(null)),
  };
}
