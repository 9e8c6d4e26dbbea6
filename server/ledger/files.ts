/**
 * Sealed files as the ledger keeps them: bytes that the district carries and does not look into. Which operation names which file
 * says who may send it and who may have it.
 */

/** A file that an operation of a device names. */
export interface NamedFile {
  readonly file: string;
  readonly operation: string;
  readonly device: string;
  /** Bytes of the sealed file, as they follow from what the operation says of its content. */
  readonly size: number;
}

/** How far a file has come. */
export interface HeldFile {
  readonly file: string;
  readonly size: number;
  /** From its beginning, without gaps. */
  readonly received: number;
  readonly complete: boolean;
}

export interface FilesOfPerson {
  /** Records that the person reads and whose confirmed operations name the file. */
  readonly recordsNaming: (file: string) => Promise<readonly string[]>;
  /** A whole file that an operation names which the person may read. */
  readonly file: (file: string) => Promise<HeldFile | undefined>;
  /** At most `length` bytes from there on. */
  readonly bytes: (file: string, at: number, length: number) => Promise<Uint8Array>;
}

export interface FilesReading {
  /** Of these, those that operations of the device name and that were not refused. */
  readonly namedBy: (
    device: string,
    files: readonly string[],
  ) => Promise<readonly Pick<NamedFile, 'file' | 'size'>[]>;
  readonly heldFiles: (files: readonly string[]) => Promise<readonly HeldFile[]>;
  /** Bytes of all files that have come or are coming. */
  readonly bytesOfFiles: () => Promise<number>;
}

export interface FilesWriting {
  /** What an operation names that was confirmed or is held. */
  readonly nameFiles: (named: readonly NamedFile[]) => Promise<void>;
  /** The file as it is, begun where it is new; nobody else adds to it until this transaction ends. */
  readonly lockFile: (file: string, size: number) => Promise<HeldFile>;
  /** The next bytes. */
  readonly addPart: (part: {
    readonly file: string;
    readonly at: number;
    readonly bytes: Uint8Array;
  }) => Promise<void>;
  /** Its parts in order, one at a time. */
  readonly eachPart: (file: string, look: (bytes: Uint8Array) => void) => Promise<void>;
  readonly completeFile: (file: string) => Promise<void>;
  /** What arrived was something else. */
  readonly dropFile: (file: string) => Promise<void>;
}
