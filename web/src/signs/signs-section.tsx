/** Your own signs: draw some, teach them to a net, and it reads them above. */
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { longestName, mostSigns, addSign, drawn, nameFault, offered, signs, takeOffered } from './signs';
import { SignCard } from './sign-card';
import { SignPad } from './sign-pad';
import { TeachPanel } from './teach-panel';
import { hasNet, teach } from './teaching';
import { Thumbnails } from './thumbnails';
import './signs.css';

export function YourSigns() {
  const sign = signs.value.find(({ name }) => name === drawn.value);
  return (
    <section id="signs" aria-labelledby="signs-title">
      <h2 id="signs-title">Your own signs</h2>
      <p class="lede">
        Draw a sign of your own twelve times, and a net learns it in seconds. It goes over old
        digits meanwhile, so that it forgets none.
      </p>
      {offered.value && <Offer />}
      <div class="signs">
        <div class="card">
          {sign ? (
            <>
              <h3>Draw {sign.name}, each time a little differently</h3>
              <SignPad key={sign.name} sign={sign} />
            </>
          ) : (
            <NewSign />
          )}
        </div>
        <div class="card">
          {signs.value.length === 0 ? (
            <p class="small">Your signs will be listed here. They stay in this browser.</p>
          ) : (
            <ul class="sign-list" aria-label="Your signs">
              {signs.value.map((one) => (
                <SignCard key={one.name} sign={one} />
              ))}
            </ul>
          )}
          <TeachPanel />
        </div>
      </div>
    </section>
  );
}

function NewSign() {
  const fault = useSignal<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  if (signs.value.length >= mostSigns) {
    return <p class="small">These are {mostSigns} signs, as many as there may be.</p>;
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = input.current!.value.trim();
    fault.value = nameFault(name);
    if (fault.value === null) addSign(name);
  };
  return (
    <form onSubmit={submit}>
      <h3>
        <label for="sign-name">
          {signs.value.length === 0 ? 'What is your sign called?' : 'Another sign is called'}
        </label>
      </h3>
      <p class="small">One character, an emoji or a short word.</p>
      <p class="row">
        <input
          ref={input}
          id="sign-name"
          type="text"
          maxLength={longestName}
          placeholder="★"
          autoComplete="off"
          aria-invalid={fault.value !== null}
          aria-describedby="sign-fault"
        />
        <button type="submit" class="primary">
          Add a sign
        </button>
      </p>
      <p id="sign-fault" class="small fault" aria-live="polite">
        {fault.value}
      </p>
    </form>
  );
}

/** What a link has brought, until the person takes it or leaves it. */
function Offer() {
  const all = offered.value!;
  return (
    <div class="card offer">
      <h3>This link brings {all.length === 1 ? 'a sign' : `${all.length} signs`}</h3>
      {all.map(({ name, drawings }) => (
        <p key={name} class="row">
          <b>{name}</b> <Thumbnails drawings={drawings} />
        </p>
      ))}
      <p class="row">
        <button
          type="button"
          class="primary"
          disabled={!hasNet.value}
          onClick={() => {
            takeOffered();
            void teach();
          }}
        >
          Teach {all.length === 1 ? 'it' : 'them'}
        </button>
        <button type="button" onClick={takeOffered}>
          Only keep {all.length === 1 ? 'it' : 'them'}
        </button>
        <button type="button" onClick={() => (offered.value = null)}>
          Leave {all.length === 1 ? 'it' : 'them'}
        </button>
      </p>
    </div>
  );
}
