/** Figures as a person reads them. A narrow no-break space stands before a unit. */

const grouping = new Intl.NumberFormat('en');

export const unit = (figure: string, name: string): string => `${figure}\u202f${name}`;

/** 60000 → "60,000". */
export const count = (value: number): string => grouping.format(Math.round(value));

/** A share as "1.84 %". */
export const percent = (share: number, digits = 2): string =>
  unit((share * 100).toFixed(digits), '%');

/** A difference of shares as "+0.41 points" or "−0.41 points". */
export function points(difference: number): string {
  const figure = (Math.abs(difference) * 100).toFixed(2);
  const sign = Number(figure) === 0 ? '' : difference > 0 ? '+' : '−';
  return unit(sign + figure, 'points');
}

/** Seconds as "0:26" or "1:02:07". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** Bytes as "0.8 MB", in steps of 1000. */
export function bytes(value: number): string {
  if (value < 1e3) return unit(String(Math.round(value)), 'B');
  if (value < 1e6) return unit((value / 1e3).toFixed(0), 'kB');
  if (value < 1e9) return unit((value / 1e6).toFixed(1), 'MB');
  return unit((value / 1e9).toFixed(2), 'GB');
}

/** Milliseconds as "0.4 ms"; a clock that is too coarse to tell gives "under 0.1 ms". */
export function milliseconds(value: number): string {
  if (value < 0.1) return unit('under 0.1', 'ms');
  return unit(value < 10 ? value.toFixed(1) : value.toFixed(0), 'ms');
}

/** A number of any size with three significant digits and no superfluous zero: 0.001, 1e-7, 2.5. */
export function figure(value: number, digits = 3): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e7) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
    return `${Number(mantissa)}e${Number(exponent)}`;
  }
  return String(Number(value.toPrecision(Math.max(digits, Math.floor(Math.log10(size)) + 1))));
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
