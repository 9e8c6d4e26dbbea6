/**
 * What the compiler does not see and a rule without types can. The promise rules, which need types because those are the mistakes
 * that lose data, stand in .oxlintrc.json: read by the native compiler they take a fifth of the time.
 * Folder rules: law 3 (only the vault uses crypto.subtle) stands here; who may import whom stands in .dependency-cruiser.cjs.
 */
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const hanRange = {
  selector: 'Literal[regex.pattern=/u4e00/i], Literal[regex.pattern=/\\u4e00-/]',
  message: 'The range 4E00–9FA5 misses rare names: use \\p{Script=Han} with the u flag.',
};
const restrictedSyntax = [
  hanRange,
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrels: import a thing from the file that is named after it.',
  },
];
const subtle = {
  selector: "MemberExpression[property.name='subtle']",
  message: 'Law 3: only the vault seals and opens.',
};
const indexedDb = {
  selector: "Identifier[name='indexedDB'], MemberExpression[property.name='indexedDB']",
  message: 'Law 3: only the store opens the database.',
};

export default tseslint.config(
  {
    ignores: ['dist/', 'node_modules/', '.cache/', '.tsbuild/', 'test-results/', 'coverage/', 'docs/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...restrictedSyntax],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat.recommended,
    rules: {
      ...reactHooks.configs.flat.recommended.rules,
      // The engine's hooks pass their callers' inputs on, which this rule cannot read; exhaustive-deps stays.
      'react-hooks/use-memo': 'off',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    ignores: [
      'renderer/core/vault/**',
      'renderer/core/vault*.ts',
      'renderer/core/store/**',
      'renderer/core/store*.ts',
      '**/testing/**',
      '**/*.test.*',
    ],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax, subtle, indexedDb] },
  },
  {
    files: ['renderer/core/store/**', 'renderer/core/store*.ts'],
    ignores: ['**/*.test.*'],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax, subtle] },
  },
  {
    files: ['renderer/core/vault/**', 'renderer/core/vault*.ts'],
    ignores: ['**/*.test.*'],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax, indexedDb] },
  },
  {
    // Programs that speak to a terminal.
    files: ['build/**', 'server/main.ts', 'e2e/**', 'bench/**', '*.config.*'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
