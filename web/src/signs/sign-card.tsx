/** One of the signs: its drawings, how well a net reads it, and what may be done with it. */
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { drawn, nameFault, longestName, removeSign, rename, type Sign } from './signs';
import { isTeaching, taught } from './teaching';
import { Thumbnails } from './thumbnails';

export function SignCard({ sign: { name, drawings } }: { sign: Sign }) {
  const renaming = useSignal(false);
  const times = drawings.length === 1 ? '1 drawing' : `${drawings.length} drawings`;
  return (
    <li>
      <div class="row">
        {renaming.value ? (
          <NameField name={name} onDone={() => (renaming.value = false)} />
        ) : (
          <b class="sign-name">{name}</b>
        )}
        <span class="small">
          {times}
          {rightsText(name)}
        </span>
        <span class="gap" />
        {drawn.value !== name && (
          <button type="button" class="quiet" onClick={() => (drawn.value = name)}>
            Draw more<span class="unseen"> of {name}</span>
          </button>
        )}
        <button type="button" class="quiet" onClick={() => (renaming.value = !renaming.value)}>
          Rename<span class="unseen"> {name}</span>
        </button>
        <button type="button" class="quiet" onClick={() => removeSign(name)}>
          Remove<span class="unseen"> {name}</span>
        </button>
      </div>
      <Thumbnails drawings={drawings} />
    </li>
  );
}

/** How many of the drawings that were kept from the net it reads rightly. */
function rightsText(name: string): string {
  const at = taught.value?.names.indexOf(name) ?? -1;
  const rights = isTeaching.value ? null : taught.value?.signs[at];
  return rights && rights.of > 0 ? `, ${rights.right} of ${rights.of} unseen ones right` : '';
}

function NameField({ name, onDone }: { name: string; onDone: () => void }) {
  const fault = useSignal<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current!.focus(), []);
  const take = (next: string): void => {
    fault.value = next === name ? null : nameFault(next);
    if (fault.value !== null) return;
    rename(name, next);
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take(input.current!.value.trim());
      }}
    >
      <input
        type="text"
        defaultValue={name}
        maxLength={longestName}
        aria-label={`Another name for ${name}`}
        aria-invalid={fault.value !== null}
        ref={input}
        onKeyDown={({ key }) => key === 'Escape' && onDone()}
      />
      <span class="small fault" role="alert">
        {fault.value}
      </span>
    </form>
  );
}
