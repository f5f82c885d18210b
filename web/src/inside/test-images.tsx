/** Asks before test images are fetched, and says how large they are. */
import type { ComponentChildren } from 'preact';
import { FetchLine } from '../train/fetch-line';
import { testBytesToFetch } from '../offline/kept';
import { fetching } from '../train/labs';
import { bytes } from '../text';
import { agreed, opened } from './state';

/** `children`: what will be seen then. */
export function TestImages({ children }: { children: ComponentChildren }) {
  if (fetching.value) return <FetchLine {...fetching.value} />;
  const size = testBytesToFetch(opened.value?.dataset ?? '');
  return (
    <div class="ask">
      <button type="button" onClick={() => (agreed.value = true)}>
        Look at test images{size ? ` (fetches ${bytes(size)})` : ''}
      </button>
      <p class="small">Then this shows {children}.</p>
    </div>
  );
}
