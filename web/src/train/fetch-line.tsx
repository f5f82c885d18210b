/** How much of the images is there, and a way to give them up. */
import { bytes } from '../text';
import { cancelFetching } from './labs';

export function FetchLine({ received, total }: { received: number; total: number }) {
  return (
    <p class="small row">
      Fetching the images: {fetchText(received, total)}
      <button type="button" class="quiet" onClick={() => void cancelFetching()}>
        Cancel
      </button>
    </p>
  );
}

export const fetchText = (received: number, total: number): string =>
  total > 0 ? `${bytes(received)} of ${bytes(total)}` : bytes(received);
