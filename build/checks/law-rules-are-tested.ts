/**
 * Every numbered rule, of the core and of sync, is cited by the title of a test that runs, and every citation names a rule that exists.
 * `S3-2` is a part of the promise `S3`: whoever cites the part cites the promise.
 */
import ts from 'typescript';
import { type SourceFile, literalText, nodesOf, place } from './source-file.ts';

const SPECS: readonly string[] = ['shared/core/SPEC.md', 'shared/protocol/SPEC.md'];

const ID = String.raw`S\d+(?:-\d+)?|[A-Z]+-\d+`;
const DECLARED = new RegExp(String.raw`\*\*(${ID})\*\*`, 'g');
const CITED = new RegExp(String.raw`\b(?:${ID})\b`, 'g');

/** Tests, stories, and the contracts that several tests run. */
const TESTS = /([.](test|spec)|-contract)[.]tsx?$/;

export function rulesAreTested(files: readonly SourceFile[]): readonly string[] {
  const missing = SPECS.filter((spec) => !files.some(({ path }) => path === spec));
  if (missing.length > 0) return missing.map((path) => `${path} is missing`);
  const rules = files
    .filter(({ path }) => SPECS.includes(path))
    .flatMap(({ path, text }) => [...text.matchAll(DECLARED)].map(([, id = '']) => ({ id, path })));
  const ids = rules.map(({ id }) => id);
  const areas = new Set(ids.map(areaOf));
  const cited = new Map<string, string>();
  for (const file of files.filter(({ path }) => TESTS.test(path))) {
    for (const [id, where] of citations(file)) {
      if (!areas.has(areaOf(id))) continue;
      cited.set(id, where);
      const [promise] = /^S\d+(?=-)/.exec(id) ?? [];
      if (promise !== undefined && ids.includes(promise)) cited.set(promise, where);
    }
  }
  return [
    ...rules
      .filter(({ id }, index) => ids.indexOf(id) !== index)
      .map(({ id, path }) => `${path}: ${id} stands there twice`),
    ...rules
      .filter(({ id }, index) => ids.indexOf(id) === index && !cited.has(id))
      .map(({ id, path }) => `${path}: no test cites ${id}`),
    ...[...cited]
      .filter(([id]) => !ids.includes(id))
      .map(([id, where]) => `${where}: there is no rule ${id}`),
  ];
}

const areaOf = (id: string): string => /^[A-Z]+/.exec(id)?.[0] ?? '';

/** Ids in the titles of tests and of the groups around them; what is skipped does not count. */
function citations(file: SourceFile): readonly (readonly [id: string, where: string])[] {
  if (!new RegExp(CITED).test(file.text)) return [];
  return nodesOf(file)
    .filter(ts.isCallExpression)
    .filter(({ expression }) => {
      const callee = expression.getText();
      return /^(test|it|describe)\b/.test(callee) && !/^\w+[.](skip|todo)/.test(callee);
    })
    .flatMap(({ arguments: [title] }) => {
      const words = title && titleText(title);
      if (!title || words === undefined) return [];
      return [...words.matchAll(CITED)].map(([id]) => [id, place(file, title)] as const);
    });
}

const titleText = (node: ts.Node): string | undefined =>
  ts.isTemplateExpression(node) ? node.getText() : literalText(node);
