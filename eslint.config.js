import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import typescript from 'typescript-eslint';

export default defineConfig(
  { ignores: ['build/', 'web/src/generated/', 'tests/core/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['tests/bench/browser/*.mjs', 'tests/soak/*.mjs'],
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
  },
  {
    files: ['examples/page/*.js'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['web/public/*.js'],
    languageOptions: { globals: globals.serviceworker },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [typescript.configs.strictTypeChecked, typescript.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: 'web/tsconfig.json' } },
    rules: {
      // Numbers in templates, and calls that say nothing at the end of an arrow, are as clear as can be.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An index that a loop has bounded needs no test that can never fail.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
