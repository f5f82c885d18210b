/** Light or dark: as the system says, unless the person has said otherwise. */
import { computed, effect, signal } from '@preact/signals';
import { optional } from './optional';

const key = 'theme';
const query = optional(() => matchMedia('(prefers-color-scheme: dark)'));
const system = signal(query?.matches ?? false);
query?.addEventListener('change', ({ matches }) => (system.value = matches));

const chosen = signal(optional(() => localStorage.getItem(key)) ?? null);

export const isDark = computed(() => (chosen.value ? chosen.value === 'dark' : system.value));

export function toggleTheme(): void {
  const theme = isDark.value ? 'light' : 'dark';
  chosen.value = theme;
  optional(() => localStorage.setItem(key, theme));
}

export function keepTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light';
    const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
      meta.content = paper;
    }
  });
}
