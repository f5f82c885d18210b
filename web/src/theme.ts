/** Light or dark: as the system says, unless the person has said otherwise. */
import { computed, effect, signal } from '@preact/signals';

const key = 'theme';
const query = matchMedia('(prefers-color-scheme: dark)');
const system = signal(query.matches);
query.addEventListener('change', ({ matches }) => (system.value = matches));

const chosen = signal(localStorage.getItem(key));

export const isDark = computed(() => (chosen.value ? chosen.value === 'dark' : system.value));

export function toggleTheme(): void {
  chosen.value = isDark.value ? 'light' : 'dark';
  localStorage.setItem(key, chosen.value);
}

export function keepTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light';
  });
}
