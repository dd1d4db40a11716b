import js from '@eslint/js';
import unicorn from 'eslint-plugin-unicorn';
import tseslint from 'typescript-eslint';

const ban = (selector, message) => ({ selector, message });

const shape = [
  ban('ExportAllDeclaration', 'A barrel names what it exports.'),
  ban('ExportDefaultDeclaration', 'Export by name.'),
  ban('TSEnumDeclaration', 'Use a union of literals.'),
];

// Time, chance and the outside arrive through ports, so that one seed can run the whole platform.
const determinism = [
  ban(
    'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    'Take the time from the Clock port.',
  ),
  ban('NewExpression[callee.name="Date"][arguments.length=0]', 'Take the time from the Clock port.'),
  ban(
    'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    'Take chance from the Random port.',
  ),
  ban('CallExpression[callee.name=/^(setTimeout|setInterval)$/]', 'Take timers from the Clock port.'),
];

const purity = [
  ...determinism,
  ban('Identifier[name="process"]', 'The domain knows no process.'),
  ban(':function[async=true]', 'The domain is synchronous.'),
];

const anyRevision = ban(
  'Property[key.name="expectedRevision"] > Literal[value="any"]',
  'Name the revision you read.',
);

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'proto/gen/**',
      'web/api/schema.d.ts',
      'coverage/**',
      'bench/peers/**',
      'data/**',
      '.tmp/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { unicorn },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Enums are banned above and classes are compared by shape on purpose: these two find nothing here and
      // take two fifths of the time and much of the memory of all rules together.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'unicorn/filename-case': ['error', { case: 'kebabCase' }],
      'max-lines': ['error', { max: 400, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
      'max-params': ['error', 4],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme'] }],
      'no-restricted-syntax': ['error', ...shape, ...determinism, anyRevision],
    },
  },
  {
    // Pages run in a browser: its time is the real one.
    files: ['web/**/*.{ts,tsx,mts}'],
    rules: {
      'no-restricted-syntax': ['error', ...shape],
      // An event handler may be asynchronous: what fails in it is told by its action.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...shape, ...purity] },
  },
  {
    // The adapters to the real clock and chance; benches and the crash tests measure the real ones.
    files: ['platform/clock/real.ts', 'bench/**/*.ts', 'tests/**/*.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...shape] },
  },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', 'tests/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // EventStoreDB's client is loosely typed where it streams; what is measured and tested is looser still.
    files: ['platform/event-store/eventstoredb/**/*.ts', 'bench/**/*.ts', 'tests/**/*.ts', '**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
    },
  },
  {
    // The only way to ask the API whether anybody traces.
    files: ['platform/telemetry/tracing.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    // Runs in MongoDB's shell.
    files: ['ops/mongodb/*.js', 'ops/analytics/*.js'],
    languageOptions: { globals: { rs: 'readonly', db: 'readonly', sleep: 'readonly', print: 'readonly' } },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        module: 'writable',
        require: 'readonly',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
);
