// The page's side of its Worker, which is asked one thing at a time. Called by ../chromium.mjs.

const patience = 60_000; // milliseconds, for a Worker to be ready
let worker;

const answered = () =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });

window.start = (address) => {
  worker = new Worker(address, { type: 'module' });
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${address} is not ready.`)), patience);
  });
  return Promise.race([answered(), late]);
};

window.ask = (request) => {
  const answer = answered();
  worker.postMessage(request);
  return answer;
};
