/** What the ledger keeps of packages that came as files. */

/** A file that came from a desk without a network, as the district's log of such files has it. */
export interface StoredPackage {
  readonly device: string;
  /** Of the package. */
  readonly id: string;
  readonly number: number;
  /** By the desk's clock. */
  readonly madeAt: string;
  readonly importedAt: string;
  readonly confirmed: number;
  readonly refused: number;
  readonly held: number;
  /** What is answered, as JSON; only the newest import of a device keeps it. */
  readonly text: string;
}

export interface PackagesReading {
  /** The newest imports, latest first. */
  readonly packages: (most: number) => Promise<readonly StoredPackage[]>;
  /** Of the device the one with this id, or the one that was imported last. */
  readonly packageOf: (device: string, id?: string) => Promise<StoredPackage | undefined>;
}

export interface PackagesWriting {
  /** Takes the place of the same one, and becomes the device's newest. */
  readonly savePackage: (given: StoredPackage) => Promise<void>;
  /** Notes that one more answer was made. @returns its serial, which only grows */
  readonly nextAnswer: (given: {
    readonly at: string;
    readonly device: string;
    readonly id: string;
  }) => Promise<number>;
}
