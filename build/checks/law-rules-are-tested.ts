/** Every rule of shared/core/SPEC.md is cited by the title of a test that runs, and every citation names a rule that exists. */
import ts from 'typescript';
import { type SourceFile, literalText, nodesOf, place } from './source-file.ts';

const SPEC = 'shared/core/SPEC.md';

export function rulesAreTested(files: readonly SourceFile[]): readonly string[] {
  const spec = files.find(({ path }) => path === SPEC);
  if (!spec) return [`${SPEC} is missing`];
  const rules = [...spec.text.matchAll(/\*\*([A-Z]+-\d+)\*\*/g)].map(([, id = '']) => id);
  const areas = new Set(rules.map((id) => id.split('-')[0]));
  const cited = new Map<string, string>();
  for (const file of files.filter(({ path }) => /[.]test[.]tsx?$/.test(path))) {
    for (const [id, where] of citations(file)) {
      if (areas.has(id.split('-')[0])) cited.set(id, where);
    }
  }
  return [
    ...rules
      .filter((id, index) => rules.indexOf(id) !== index)
      .map((id) => `${SPEC}: ${id} stands there twice`),
    ...[...new Set(rules)].filter((id) => !cited.has(id)).map((id) => `${SPEC}: no test cites ${id}`),
    ...[...cited]
      .filter(([id]) => !rules.includes(id))
      .map(([id, where]) => `${where}: there is no rule ${id}`),
  ];
}

/** Ids in the titles of tests and of the groups around them; what is skipped does not count. */
function citations(file: SourceFile): readonly (readonly [id: string, where: string])[] {
  if (!/[A-Z]+-\d/.test(file.text)) return [];
  return nodesOf(file)
    .filter(ts.isCallExpression)
    .filter(({ expression }) => {
      const callee = expression.getText();
      return /^(test|it|describe)\b/.test(callee) && !/^\w+[.](skip|todo)/.test(callee);
    })
    .flatMap(({ arguments: [title] }) => {
      const words = title && titleText(title);
      if (!title || words === undefined) return [];
      return [...words.matchAll(/\b[A-Z]+-\d+\b/g)].map(([id]) => [id, place(file, title)] as const);
    });
}

const titleText = (node: ts.Node): string | undefined =>
  ts.isTemplateExpression(node) ? node.getText() : literalText(node);
