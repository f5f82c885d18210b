/** The page: its places one after another. */
import { Header } from './header/header';
import { later } from './later';
import { Read } from './read/read';
import { StatusLines } from './status/status-lines';

const OneStep = later(() => import('./step/step').then((part) => part.OneStep));
const Learn = later(() => import('./train/learn').then((part) => part.Learn));
const Compare = later(() => import('./compare/compare').then((part) => part.Compare));
const Inside = later(() => import('./inside/inside').then((part) => part.Inside));
const YourSigns = later(() =>
  import('./signs/signs-section').then((part) => part.YourSigns),
);
const KeptLines = later(() => import('./offline/kept-lines').then((part) => part.KeptLines));

export function App() {
  return (
    <>
      <Header />
      <main>
        <Read />
        <OneStep />
        <Learn />
        <Compare />
        <Inside />
        <YourSigns />
      </main>
      <footer>
        <KeptLines />
      </footer>
      <StatusLines />
    </>
  );
}
