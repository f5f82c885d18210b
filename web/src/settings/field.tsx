/** A setting's control, made from its description. */
import { useId } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Config } from '../generated/config';
import { adjust } from '../train/labs';
import { say } from '../status/status';
import { format, parse, SettingError, type Control, type Value } from './schema';
import { change, config } from './settings';
import { placeOf, valueAt, type NumberDomain } from './slider';

function set(control: Control, value: Value): void {
  change(control.name, value as Config[typeof control.name]);
  if (control.live) adjust({ [control.name]: value });
}

export function Field({ control }: { control: Control }) {
  const id = useId();
  const { title, unit, help, domain } = control;
  return (
    <div class="field">
      <span>
        <label for={id}>{title}</label>{' '}
        {control.live && (
          <span class="live" role="img" aria-label="also while a run goes on" title="Takes effect while a run goes on">
            ⚡
          </span>
        )}{' '}
        {unit && <span class="small">{unit}</span>}
      </span>
      {domain.kind === 'choice' ? (
        <select
          id={id}
          aria-describedby={`${id}-help`}
          value={String(config.value[control.name])}
          onChange={(event) => set(control, event.currentTarget.value)}
        >
          {domain.choices.map(({ value, title: name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <TextField id={id} control={control} />
      )}
      {domain.kind === 'number' && domain.slider && <Slider control={control} domain={domain} />}
      <p id={`${id}-help`} class="help">
        {help}
      </p>
    </div>
  );
}

/** A text of more characters gets a row of its own. */
const longest = 16;

/** Takes effect when the person is done with it; what is not understood stays to be corrected. */
function TextField({ id, control }: { id: string; control: Control }) {
  const draft = useSignal<string | null>(null);
  const take = (text: string): void => {
    try {
      set(control, parse(control, text));
      draft.value = null;
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      draft.value = text;
      say('fault', error.message);
    }
  };
  const text = draft.value ?? format(config.value[control.name]);
  return (
    <input
      id={id}
      type="text"
      class={text.length > longest ? 'long' : ''}
      inputMode={control.domain.kind === 'list' ? 'text' : 'decimal'}
      autocomplete="off"
      aria-describedby={`${id}-help`}
      aria-invalid={draft.value !== null}
      value={text}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}

/** The same value again, for a hand that would rather slide; the text field is what is announced. */
function Slider({ control, domain }: { control: Control; domain: NumberDomain }) {
  const value = config.value[control.name] as number;
  const place = placeOf(domain, value);
  return (
    <input
      type="range"
      min={0}
      max={1}
      step={0.005}
      value={place}
      style={{ '--place': place }}
      aria-label={`${control.title}, slider`}
      aria-valuetext={format(value)}
      onInput={(event) => set(control, valueAt(domain, event.currentTarget.valueAsNumber))}
    />
  );
}
