/** Sealed files in memory, with the promises that the SQL keeps. */
import type { FilesOfPerson, FilesReading, FilesWriting, HeldFile, NamedFile } from '../ledger/files.ts';

export interface MemoryFiles {
  /** By file and operation. */
  readonly names: Map<string, NamedFile>;
  readonly held: Map<string, HeldFile>;
  readonly parts: Map<string, Uint8Array>;
}

export const emptyFiles = (): MemoryFiles => ({ names: new Map(), held: new Map(), parts: new Map() });

export const copyOfFiles = ({ names, held, parts }: MemoryFiles): MemoryFiles => ({
  names: new Map(names),
  held: new Map(held),
  parts: new Map(parts),
});

/** @param recordOf the record of a confirmed operation that the person may read */
export const filesOfPersonIn = (
  { names, held, parts }: MemoryFiles,
  recordOf: (operation: string) => string | undefined,
): FilesOfPerson => {
  const recordsNaming = (file: string): string[] => [
    ...new Set(
      [...names.values()].flatMap((named) => (named.file === file ? (recordOf(named.operation) ?? []) : [])),
    ),
  ];
  const mayHave = (file: string): boolean => recordsNaming(file).length > 0;
  return {
    recordsNaming: async (file) => recordsNaming(file).sort(),
    file: async (file) => {
      const found = mayHave(file) ? held.get(file) : undefined;
      return found?.complete === true ? found : undefined;
    },
    bytes: async (file, at, length) =>
      mayHave(file) ? (parts.get(file) ?? Buffer.alloc(0)).subarray(at, at + length) : Buffer.alloc(0),
  };
};

export const readingFilesIn = ({ names, held }: MemoryFiles): FilesReading => ({
  namedBy: async (device, files) => {
    const found = [...names.values()].filter(
      (named) => named.device === device && files.includes(named.file),
    );
    return [...new Map(found.map(({ file, size }) => [file, { file, size }])).values()];
  },
  heldFiles: async (files) => [...held.values()].filter(({ file }) => files.includes(file)),
  bytesOfFiles: async () => [...held.values()].reduce((sum, { size }) => sum + size, 0),
});

export const writingFilesIn = ({ names, held, parts }: MemoryFiles): FilesWriting => ({
  nameFiles: async (named) => {
    for (const one of named) {
      const key = `${one.file} ${one.operation}`;
      if (!names.has(key)) names.set(key, one);
    }
  },
  lockFile: async (file, size) => {
    const known = held.get(file) ?? { file, size, received: 0, complete: false };
    held.set(file, known);
    return known;
  },
  addPart: async ({ file, at, bytes }) => {
    const known = held.get(file);
    if (!known) throw new Error('a part of a file that nobody has begun');
    held.set(file, { ...known, received: at + bytes.length });
    parts.set(file, Buffer.concat([parts.get(file) ?? Buffer.alloc(0), bytes]));
  },
  eachPart: async (file, look) => look(parts.get(file) ?? Buffer.alloc(0)),
  completeFile: async (file) => {
    const known = held.get(file);
    if (known) held.set(file, { ...known, complete: true });
  },
  dropFile: async (file) => {
    held.delete(file);
    parts.delete(file);
  },
});
