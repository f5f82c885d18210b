/** The page's title, its places, and what can be done with all of it. */
import { inRoom, toggleRoom } from '../room/room';
import { share } from '../share/share';
import { isDark, toggleTheme } from '../theme';
import { Bar } from './bar';
import { Links } from './links';
import './header.css';

export function Header() {
  return (
    <>
      <a class="skip" href="#run">
        Go to Train
      </a>
      <header>
        <h1>Forward-Forward</h1>
        <p>A net that learns without sending errors back. Every layer judges for itself.</p>
        <nav aria-label="Page">
          <Links />
          <span class="acts">
            <button type="button" class="quiet" onClick={() => void share()}>
              Share
            </button>
            <button
              type="button"
              class="quiet room"
              aria-pressed={inRoom.value}
              title="Large, for a room full of people"
              onClick={toggleRoom}
            >
              Room
            </button>
            <ThemeButton />
          </span>
        </nav>
      </header>
      <Bar />
    </>
  );
}

function ThemeButton() {
  const other = isDark.value ? 'Light' : 'Dark';
  return (
    <button type="button" class="quiet" aria-label={other} title={other} onClick={toggleTheme}>
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" />
        <path class="half" d="M8 1.8A6.2 6.2 0 0 1 8 14.2Z" />
      </svg>
    </button>
  );
}
