/** What vite.config.ts defines. */

/** The folder of the engine's builds, beside the page. */
declare const engineFolder: string;

/** Addresses of the pre-trained net and of its record, beside the page. */
declare const pretrainedFiles: { model: string; record: string };
/** The second reader's: its address, its size in bytes, and the share of test images it misreads. */
declare const convolutionFile: { model: string; bytes: number; test_error: number };

/** Addresses of the runs that were trained beforehand, and of their nets by the runs' ids. */
declare const beforehandFiles: { runs: string; nets: Readonly<Record<string, string>> };

/** Files of data sets beside the page, by their paths in `data/`. */
declare const dataFiles: import('./offline/kept-data').FileSizes;
