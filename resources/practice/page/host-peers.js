// A call between two windows: what one says is pasted into the other, and the one that listens measures the picture.

const SIDE = 32; // pixels: enough to see that a picture moves

let peer = null;
let heard = null;

const gathered = (connection) =>
  new Promise((done) => {
    if (connection.iceGatheringState === 'complete') done();
    else connection.addEventListener('icegatheringstatechange', () => connection.iceGatheringState === 'complete' && done());
  });

function begin() {
  peer?.close();
  peer = new RTCPeerConnection();
  peer.ontrack = ({ streams }) => {
    document.getElementById('other').srcObject = streams[0];
  };
  return peer;
}

const said = () => document.getElementById('signal').value;

async function say() {
  await gathered(peer);
  document.getElementById('signal').value = JSON.stringify(peer.localDescription);
  return 'said';
}

export const calls = {
  /** Offer the camera, in the words another window understands. */
  async call() {
    begin();
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 }, audio: true });
    document.getElementById('own').srcObject = stream;
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
    await peer.setLocalDescription(await peer.createOffer());
    return say();
  },

  async answer() {
    begin();
    await peer.setRemoteDescription(JSON.parse(said()));
    await peer.setLocalDescription(await peer.createAnswer());
    return say();
  },

  async connect() {
    await peer.setRemoteDescription(JSON.parse(said()));
    return 'connected';
  },

  /** How many pictures were received, and by how much the last one differs from the one measured before. */
  async measure() {
    const video = document.getElementById('other');
    const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
    const pen = canvas.getContext('2d');
    pen.drawImage(video, 0, 0, SIDE, SIDE);
    const pixels = pen.getImageData(0, 0, SIDE, SIDE).data;
    const change = heard ? pixels.reduce((sum, value, index) => sum + Math.abs(value - heard[index]), 0) : 0;
    heard = pixels;
    const reports = [...(await peer.getStats()).values()];
    const report = reports.find((each) => each.type === 'inbound-rtp' && each.kind === 'video');
    const size = `${video.videoWidth}×${video.videoHeight}`;
    return `${report?.framesDecoded ?? 0} pictures, ${size}, change ${change}, ${peer.connectionState}`;
  },
};
