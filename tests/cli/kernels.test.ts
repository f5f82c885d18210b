import { expect, test } from 'vitest';
import { ff, lines } from './ff';

test('FF_KERNELS chooses any instruction set that the machine has', async () => {
  const names = /machine has: (.+)\./.exec((await ff(['--help'])).stdout)![1]!.split(', ');
  expect(names).toContain('plain');
  const quick = ['--layers', '10', '--epochs', '1', '--train-images', '500', '--json'];
  for (const name of names) {
    const { stdout, stderr } = await ff(['train', ...quick], { FF_KERNELS: name });
    expect(stderr).toBe('');
    const [start] = lines(stdout);
    expect(start).toMatchObject({ kernels: expect.stringMatching(`^${name} `) as unknown });
  }
});

test('kernels that there are not are refused with those that there are', async () => {
  for (const name of ['sse', 'AVX2', 'plain 4x8', ' plain']) {
    const { status, stdout, stderr } = await ff(['presets'], { FF_KERNELS: name });
    expect(stderr).toMatch(
      /^ff: FF_KERNELS: this machine and build have no kernels named "[^"]+"; they have: (\w+, )*plain\.\n$/,
    );
    expect(stderr).toContain(`"${name}"`);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  }
});
