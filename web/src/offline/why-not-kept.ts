/** Why something cannot be kept on this device, in one sentence. */
export const whyNotKept = (error: unknown): string =>
  error instanceof DOMException && error.name === 'QuotaExceededError'
    ? 'There is no room on this device to keep this for use without a network.'
    : 'This browser lets the page keep nothing for use without a network.';
