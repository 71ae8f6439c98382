// What plugNmeet's page asks of the window around it, each in the way that page asks; see the table in host.js.

const LOGOUT_DELAY_MS = 3000;
const RECORDED_MS = 1500;

const kinds = (stream) =>
  stream
    .getTracks()
    .map((track) => track.kind)
    .sort()
    .join(' and ');

/** Show a stream in the page's own video, and stop what was shown before. */
function present(stream) {
  const video = document.getElementById('own');
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = stream;
  return stream;
}

export const requests = {
  async devices() {
    const stream = present(await navigator.mediaDevices.getUserMedia({ audio: true, video: true }));
    return kinds(stream);
  },

  async microphone() {
    return kinds(await navigator.mediaDevices.getUserMedia({ audio: true }));
  },

  async camera() {
    return kinds(present(await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } })));
  },

  async list() {
    const all = await navigator.mediaDevices.enumerateDevices();
    const named = all.filter((device) => device.label && device.kind !== 'audiooutput');
    return named.map((device) => device.label).join('; ') || 'without names, until one is in use';
  },

  async screen() {
    const options = { audio: true, video: { width: 1920, height: 1080, frameRate: 15 } };
    const stream = present(await navigator.mediaDevices.getDisplayMedia(options));
    stream.getVideoTracks()[0].onended = () => tell('screen', 'ended by the window');
    return kinds(stream);
  },

  /** Local recording: the window's own picture, mixed sound, a file at the end. */
  async record() {
    const options = { preferCurrentTab: true, video: true, audio: true };
    const stream = await navigator.mediaDevices.getDisplayMedia(options);
    const context = new AudioContext();
    const sound = context.createMediaStreamDestination();
    const tone = context.createOscillator(); // in the place of the voices: a recorder waits for the first sound
    tone.connect(sound);
    tone.start();
    for (const track of sound.stream.getAudioTracks()) stream.addTrack(track);
    const type = ['video/webm;codecs=vp9', 'video/webm'].find((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(stream, { mimeType: type });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((done) => {
      recorder.onstop = done;
    });
    recorder.start(250);
    setTimeout(() => recorder.stop(), RECORDED_MS);
    await stopped;
    for (const track of stream.getTracks()) track.stop();
    context.close();
    save(new Blob(parts, { type }), 'recording.webm');
    return `${parts.reduce((sum, part) => sum + part.size, 0)} bytes`;
  },

  async notify() {
    const answer = await Notification.requestPermission();
    if (answer !== 'granted') throw new Error(answer);
    const note = new Notification('Alice Admin', { body: 'A hand is up' });
    note.onclick = () => tell('notify', 'clicked');
    return new Promise((shown, failed) => {
      note.onshow = () => shown('shown');
      note.onerror = () => failed(new Error('not shown'));
    });
  },

  async fullscreen() {
    await document.getElementById('own').requestFullscreen();
    return 'entered';
  },

  /** A breakout room: the window opens when the server has answered, which is no click any more. */
  async breakout() {
    await fetch('/healthCheck');
    const opened = window.open(new URL('?room=breakout', location.href), '_blank');
    return opened ? 'a window object came back' : 'nothing came back';
  },

  async foreign() {
    const opened = window.open('https://example.org/shared', '_blank');
    return opened ? 'a window object came back' : 'nothing came back';
  },

  link: () => follow('https://example.org/from-the-chat'),
  attachment: () => follow('/download/uploadedFile/room/notes.txt'),

  async notepad() {
    save(new Blob(['# Notes\n'], { type: 'text/markdown' }), 'notes.md');
    return 'handed over';
  },

  async file() {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.txt,.png' });
    return new Promise((chosen, failed) => {
      input.onchange = async () => chosen(`${input.files[0].name}: ${await input.files[0].text()}`);
      input.oncancel = () => failed(new Error('nothing was chosen'));
      input.click();
    });
  },

  async copy() {
    await navigator.clipboard.writeText('https://meet.example/statistics');
    return 'copied';
  },

  async copyOldWay() {
    const area = document.createElement('textarea');
    area.value = 'https://meet.example/breakout';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) throw new Error('refused');
    return 'copied';
  },

  async limits() {
    const codecs = RTCRtpSender.getCapabilities('video').codecs.map(({ mimeType }) => mimeType.slice('video/'.length));
    const real = codecs.filter((name) => !['rtx', 'red', 'ulpfec', 'flexfec-03'].includes(name));
    const pictures = document.pictureInPictureEnabled || 'documentPictureInPicture' in window;
    return `${[...new Set(real)].join(', ')}; picture-in-picture: ${pictures ? 'yes' : 'no'}`;
  },

  async encryption() {
    const able = 'createEncodedStreams' in RTCRtpSender.prototype || 'RTCRtpScriptTransform' in window;
    if (!able || !crypto.subtle) throw new Error('missing');
    return 'possible';
  },

  async graphics() {
    await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
    await new Promise((answered) => {
      worker.onmessage = answered;
    });
    worker.terminate();
    const gl = document.createElement('canvas').getContext('webgl2');
    return `WebAssembly, workers${gl ? ', WebGL 2' : ''}`;
  },

  async storage() {
    const opening = indexedDB.open('room', 1);
    const opened = await new Promise((done, failed) => {
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => failed(opening.error);
    });
    opened.close();
    localStorage.setItem('language', 'en');
    return 'writable';
  },

  async sound() {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const quiet = context.createGain();
    quiet.gain.value = 0.05;
    tone.connect(quiet).connect(context.destination);
    tone.start();
    setTimeout(() => context.close(), 400);
    await context.resume();
    return context.state;
  },

  async close() {
    window.close();
    return 'asked';
  },

  /** The end of a session: the page says why, and leads to the room's own page after three seconds. */
  async logout() {
    ended();
    setTimeout(() => {
      location.href = 'https://example.org/goodbye';
    }, LOGOUT_DELAY_MS);
    return 'soon';
  },

  async ended() {
    ended();
    return 'said';
  },
};

async function follow(address) {
  const link = Object.assign(document.createElement('a'), { href: address, target: '_blank', rel: 'noreferrer' });
  document.body.append(link);
  link.click();
  link.remove();
  return 'followed';
}

function save(blob, name) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
}

function ended() {
  const page = document.createElement('div');
  page.id = 'errorPage';
  const title = document.createElement('h2');
  const reason = document.createElement('p');
  title.textContent = 'Disconnected';
  reason.textContent = 'The meeting was ended by a moderator.';
  page.append(title, reason);
  document.getElementById('host').prepend(page);
}

/** Write an answer into its row. */
export function tell(name, text, refused = false) {
  const output = document.getElementById(`answer-${name}`);
  output.textContent = text;
  output.toggleAttribute('data-refused', refused);
}
