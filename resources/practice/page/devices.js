// Camera, microphone and screen, always asked for by a click, and the reasons why they cannot be had, in words.

const REASONS = {
  NotAllowedError: 'The permission was refused. Allow it in the browser or the launcher, then try again.',
  AbortError: 'The permission was refused, or the choice was cancelled.',
  NotFoundError: 'No such device was found. Plug one in, or join as a listener.',
  NotReadableError: 'The device is in use by another program.',
  OverconstrainedError: 'The device cannot do what was asked of it.',
};

const NO_DEVICES = 'This page may not use devices: it needs https, or the name localhost.';

/** Why a device could not be had. */
export const deviceFault = (fault) => REASONS[fault.name] ?? `The device could not be started: ${fault.message}`;

function devices() {
  if (!navigator.mediaDevices) throw new Error(NO_DEVICES);
  return navigator.mediaDevices;
}

export async function openMicrophone() {
  return devices().getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
}

export async function openCamera() {
  return devices().getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 720 } } });
}

/** Both with one question to the person; two streams, so that each can be stopped alone. */
export async function openBoth() {
  const stream = await devices().getUserMedia({ audio: true, video: { width: { ideal: 1280 } } });
  return { microphone: new MediaStream(stream.getAudioTracks()), camera: new MediaStream(stream.getVideoTracks()) };
}

export async function openScreen() {
  return devices().getDisplayMedia({ video: true, audio: true });
}

export function stop(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

const LOUD = 0.02;
const LOOK_MS = 200;
const HOLD_MS = 2000;
const WINDOW = 16384; // samples: a third of a second, more than LOOK_MS, so that no short sound is missed

/** Call `changed(speaking)` as someone begins and ends to speak; returns the function that stops listening. */
export function watchVoice(stream, changed) {
  const context = new AudioContext();
  const meter = context.createAnalyser();
  meter.fftSize = WINDOW;
  const samples = new Float32Array(WINDOW);
  let lastLoud = -HOLD_MS;
  let speaking = false;
  context.createMediaStreamSource(stream).connect(meter);

  const timer = setInterval(() => {
    meter.getFloatTimeDomainData(samples);
    const now = performance.now();
    if (samples.some((sample) => Math.abs(sample) > LOUD)) lastLoud = now;
    if (speaking !== now - lastLoud < HOLD_MS) {
      speaking = !speaking;
      changed(speaking);
    }
  }, LOOK_MS);

  return () => {
    clearInterval(timer);
    context.close();
    if (speaking) changed(false);
  };
}
