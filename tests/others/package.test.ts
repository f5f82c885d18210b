/** The engine as `npm pack` packs it. */
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite } from '../e2e/site';
import { ours, projectOf, type Project } from './project';

async function withPackage(example: string): Promise<Project> {
  const project = projectOf(example);
  await project.run('npm', 'install', '--offline', '--no-audit', '--no-fund', process.env.FF_PACKAGE!);
  return project;
}

describe('in Node', () => {
  let project: Project;
  beforeAll(async () => {
    project = await withPackage('node');
  });
  afterAll(() => project.remove());

  test('a program trains a net, which reads what it was taught, and ends', async () => {
    const said = await project.run('node', 'main.js');
    expect(said).toMatch(/^build (simd|relaxed)-threads, threads \d\n/);
    expect(said).toMatch(/wrong about \d of 500 images\nreads a 3\n$/);
    expect(readdirSync(project.folder)).toContain('bars.safetensors');
  });

  /** Runs these lines after the engine was started so. */
  async function lines(options: string, lines: string): Promise<string> {
    const script = `import { start } from 'forward-forward-engine';
      const { engine, build, threads } = await start(${options});
      ${lines}`;
    writeFileSync(join(project.folder, 'lines.js'), script);
    return project.run('node', 'lines.js');
  }

  test('a program may ask for one thread', async () => {
    const said = await lines('{ threads: 1 }', 'console.log(threads, build)');
    expect(said).toMatch(/^1 (simd|relaxed)\n$/);
  });

  test('a program hears in a sentence what cannot be done', async () => {
    const wrong = `new engine.Session().configure('{"layers": [0]}')`;
    await expect(lines('', wrong)).rejects.toThrow(/Error: layers: /);
  });

  test('a program in TypeScript sees the types of all of it', async () => {
    const typed = `import { start } from 'forward-forward-engine';
      const { engine, threads } = await start();
      export const label: number = new engine.Session().classify(new Uint8Array(784)).label;
      export const text: string = threads; // wrong`;
    writeFileSync(join(project.folder, 'typed.ts'), typed);
    const compile = [ours('node_modules/typescript/bin/tsc'), '--noEmit', '--strict', 'typed.ts'];
    const options = ['--target', 'es2022', '--module', 'nodenext'];
    const compiled = project.run('node', ...compile, ...options);
    const { stdout } = (await compiled.catch((error: unknown) => error)) as { stdout: string };
    expect(stdout).toMatch(/^typed\.ts\(4,20\): .*'number' is not assignable to type 'string'.\n$/);
  });
});

describe('in a browser', () => {
  let project: Project;
  beforeAll(async () => {
    project = await withPackage('page');
    const model = ours('web/public/models/pretrained.safetensors');
    copyFileSync(model, join(project.folder, 'model.safetensors'));
  });
  afterAll(() => project.remove());

  test.each([
    ['from any server, on one thread', {}, 'relaxed, threads 1'],
    [
      'from one that asks for isolation, on several',
      {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
      'relaxed-threads, threads ',
    ],
  ])('a bare page reads a digit: %s', async (_, headers, build) => {
    const site = await openSite({ folder: project.folder, headers });
    const page = await site.browser.newPage();
    await page.goto(site.address);
    const said = page.getByText(`It reads a 7. Build ${build}`);
    await said.waitFor();
    await site.close();
  });
});
