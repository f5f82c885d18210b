/** What vite.config.ts defines. */

/** The folder of the engine's builds, beside the page. */
declare const engineFolder: string;
