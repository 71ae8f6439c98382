// Tries camera, microphone and loudspeaker in the way a meeting does, and keeps it all in this page: nothing is recorded
// and nothing is sent. The window asks for `check.state()` many times a second.
const check = (() => {
  const media = navigator.mediaDevices;
  const video = document.querySelector('video');
  const streams = { camera: null, microphone: null };
  const used = { camera: '', microphone: '' };
  const faults = { camera: '', microphone: '' };
  const turns = { camera: 0, microphone: 0 };
  let devices = [];
  let audio = null;
  let meter = null;
  let samples = null;
  let sounding = '';

  async function list() {
    const found = await media.enumerateDevices();
    devices = found.filter((one) => one.deviceId).map(({ kind, deviceId, label }) => ({ kind, id: deviceId, label }));
  }

  function stop(what) {
    streams[what]?.getTracks().forEach((track) => track.stop());
    streams[what] = null;
    if (what === 'camera') video.srcObject = null;
    else meter = null;
  }

  function show(what, stream) {
    const [track] = stream.getTracks();
    streams[what] = stream;
    used[what] = track.getSettings().deviceId ?? '';
    track.addEventListener('ended', () => {
      if (streams[what] === stream) faults[what] = 'NotReadableError';
    });
    if (what === 'camera') {
      video.srcObject = stream;
      return;
    }
    audio ??= new AudioContext();
    meter = new AnalyserNode(audio, { fftSize: 2048 });
    samples = new Float32Array(meter.fftSize);
    audio.createMediaStreamSource(stream).connect(meter);
  }

  /** `id` "" is the device that the system prefers, which is also the one a meeting begins with. */
  async function use(what, id) {
    const turn = ++turns[what];
    stop(what);
    faults[what] = '';
    const wish = id ? { deviceId: { exact: id } } : true;
    try {
      const stream = await media.getUserMedia(what === 'camera' ? { video: wish } : { audio: wish });
      if (turn === turns[what]) show(what, stream);
      else stream.getTracks().forEach((track) => track.stop()); // another one was chosen meanwhile
    } catch (fault) {
      if (turn === turns[what]) faults[what] = fault.name;
    }
    await list();
  }

  /** 0 is silence (-60 dB and less), 1 as loud as it can be. */
  function level() {
    if (!meter) return 0;
    meter.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    return Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-12) + 60) / 60));
  }

  /** Two soft notes from the loudspeaker with that id; "" is the system's. */
  async function play(id) {
    sounding = 'yes';
    const context = new AudioContext();
    try {
      if (id) await context.setSinkId(id === 'default' ? '' : id);
      const volume = new GainNode(context, { gain: 0 });
      volume.connect(context.destination);
      const now = context.currentTime;
      [[523.25, 0], [659.25, 0.45]].forEach(([frequency, start]) => {
        const note = new OscillatorNode(context, { frequency });
        note.connect(volume);
        note.start(now + start);
        note.stop(now + start + 0.5);
        volume.gain.setTargetAtTime(0.25, now + start, 0.02);
        volume.gain.setTargetAtTime(0, now + start + 0.3, 0.06);
      });
      await new Promise((resolve) => setTimeout(resolve, 1100));
      sounding = '';
    } catch (fault) {
      sounding = fault.name;
    }
    await context.close();
  }

  const state = () =>
    JSON.stringify({ devices, used, faults, sounding, level: level(), width: streams.camera ? video.videoWidth : 0 });

  media.addEventListener('devicechange', list);
  return { use, play, state };
})();
