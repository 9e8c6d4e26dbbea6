/** A file of the project as the law checks get it, and how they look into its syntax. */
import ts from 'typescript';

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export const isTest = ({ path }: SourceFile): boolean => /[.]test[.]tsx?$|\/testing\//.test(path);

/** Every node, parents first. */
export function nodesOf({ path, text }: SourceFile): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind));
  return nodes;
}

/** The text of a string, a template's pieces or JSX text; undefined for any other node. */
export function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node))
    return node.text;
  if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return node.text;
  return undefined;
}

export function place(file: SourceFile, node: ts.Node): string {
  const line = file.text.slice(0, node.getStart()).split('\n').length;
  return `${file.path}:${line}`;
}
