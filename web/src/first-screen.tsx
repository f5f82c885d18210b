/** The page as it is before anything has started, for vite.config.ts to put into its HTML. */
import { renderToString } from 'preact-render-to-string';
import { App } from './app';

export const firstScreen = (): string => renderToString(<App />);
