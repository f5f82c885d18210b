import '@fontsource-variable/inter';
import '@fontsource-variable/source-serif-4';
import './style.css';
import { render } from 'preact';
import { App } from './app';
import { start } from './engine/connection';
import { keepReading } from './read/reading';
import { readUrl } from './settings/settings';
import { keepTheme } from './theme';
import { acceptDrops } from './train/drop';
import { keepConfigured } from './train/run';

keepTheme();
readUrl();
render(<App />, document.getElementById('app')!);
acceptDrops();
keepReading();
keepConfigured();
void start();
