/**
 * Law 2: the engine and the judge are given the registry and never name an entity. A word that the core or the protocol uses itself
 * (the home of an entity may be an `area` or a `person`, a session has a `person`) is their word and no entity's name.
 */
import ts from 'typescript';
import { type SourceFile, isTest, literalText, nodesOf, place } from './source-file.ts';

const OWN = /^shared\/(core|protocol)\/|^shared\/bridge[.]ts$/;
const BOUND = /^(renderer\/core|server\/(ledger|judge|projector))\//;

export function entityNames(files: readonly SourceFile[], names: readonly string[]): readonly string[] {
  const code = files.filter((file) => /[.]tsx?$/.test(file.path) && !isTest(file));
  const ownWords = new Set(code.filter(({ path }) => OWN.test(path)).flatMap(words));
  const watched = names.filter((name) => !ownWords.has(name));
  return code
    .filter(({ path, text }) => BOUND.test(path) && watched.some((name) => text.includes(name)))
    .flatMap((file) =>
      nodesOf(file)
        .filter((node) => watched.includes(literalText(node) ?? ''))
        .filter(({ parent }) => !ts.isImportDeclaration(parent))
        .map((node) => `${place(file, node)}: law 2, the engine names the entity ${literalText(node)}`),
    );
}

const words = (file: SourceFile): readonly string[] =>
  nodesOf(file).flatMap((node) => {
    const isProperty = ts.isPropertyAssignment(node) || ts.isPropertySignature(node);
    return isProperty ? node.name.getText() : (literalText(node) ?? []);
  });
