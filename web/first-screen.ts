/**
 * Puts what the page shows first into its HTML, so that nothing is blank while its programs are on
 * their way: the page's own components, before anything has happened.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { runnerImport, type Plugin } from 'vite';

const place = '<!-- first screen -->';

export function firstScreen(define: Record<string, string>): Plugin {
  let screen: Screen;
  return {
    name: 'first-screen',
    apply: 'build',
    async buildStart() {
      const path = fileURLToPath(new URL('src/first-screen.tsx', import.meta.url));
      const plugins = [withoutSheets];
      const { module } = await runnerImport<{ firstScreen(): string }>(path, { define, plugins });
      screen = withoutStyles(module.firstScreen());
      this.emitFile({ type: 'asset', fileName: screen.sheet, source: screen.rules });
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => ({
        html: html.replace(place, () => screen.html),
        tags: [{ tag: 'link', attrs: { rel: 'stylesheet', href: `./${screen.sheet}` } }],
      }),
    },
  };
}

/** What is imported for its look alone says nothing in HTML. */
const withoutSheets: Plugin = {
  name: 'without-sheets',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('.css') ? '\0sheet' : null),
  load: (id) => (id === '\0sheet' ? '' : null),
};

interface Screen {
  html: string;
  /** A file of the rules that stand for style attributes, which a host may forbid. */
  sheet: string;
  rules: string;
}

function withoutStyles(html: string): Screen {
  const styles: string[] = [];
  const marked = html.replace(/ style="([^"]*)"/g, (_, style: string) => {
    if (!styles.includes(style)) styles.push(style);
    return ` data-style="${styles.indexOf(style)}"`;
  });
  const rules = styles.map((style, index) => `[data-style='${index}']{${style}}`).join('\n');
  const hash = createHash('sha256').update(rules).digest('hex').slice(0, 8);
  return { html: marked, sheet: `assets/first-screen-${hash}.css`, rules };
}
