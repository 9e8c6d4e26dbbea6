/** Which papers belong to a record as it stands now; the others can be printed all the same. Both in their declared order. */
import type { DocumentDeclaration } from '../../../shared/core/document.ts';
import type { RecordState } from '../../../shared/core/record.ts';

export function papersOf(
  documents: Readonly<Record<string, DocumentDeclaration>>,
  record: RecordState,
): { readonly applying: readonly string[]; readonly others: readonly string[] } {
  const does = (name: string): boolean => documents[name]?.applies?.(record) ?? true;
  const names = Object.keys(documents);
  return { applying: names.filter(does), others: names.filter((name) => !does(name)) };
}
