import { byId } from './dom.ts';

/** The button that turns light into dark and back; the system's choice holds until it is pressed. */
export function themeButton(): void {
  const button = byId('theme');
  const isDark = (): boolean => {
    const chosen = document.documentElement.dataset['theme'];
    return chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  };
  const name = (): void => {
    button.textContent = isDark() ? 'Light colours' : 'Dark colours';
  };
  button.addEventListener('click', () => {
    document.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark';
    name();
    document.dispatchEvent(new Event('theme-change'));
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name);
  name();
}
