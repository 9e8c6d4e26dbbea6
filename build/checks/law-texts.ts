/** What a person reads on the screen comes from renderer/texts or from an entity's declaration, never out of the code of a screen. */
import { type SourceFile, isTest, literalText, nodesOf, place } from './source-file.ts';

const SCREENS = /^renderer\/(app|kit|modules)\/.*[.]tsx$/;
const HAN = /\p{Script=Han}/u;

export const textsInTheirPlace = (files: readonly SourceFile[]): readonly string[] =>
  files
    .filter((file) => SCREENS.test(file.path) && !isTest(file) && HAN.test(file.text))
    .flatMap((file) =>
      nodesOf(file)
        .filter((node) => HAN.test(literalText(node) ?? ''))
        .map(
          (node) => `${place(file, node)}: a text belongs into renderer/texts: ${literalText(node)?.trim()}`,
        ),
    );
