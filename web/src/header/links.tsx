/** Links to the places of the page. */
import { here, places } from './places';

export function Links() {
  return (
    <span class="links">
      {places.map(({ id, title }) => (
        <a key={id} href={`#${id}`} aria-current={here.value === id ? 'location' : undefined}>
          {title}
        </a>
      ))}
    </span>
  );
}
