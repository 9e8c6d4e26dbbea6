/** What the district knows of a device beside itself: who uses it, with which keys, and where its chain ends. */

/** A person who uses a device. */
export interface Member {
  readonly device: string;
  readonly person: string;
  /** Raw point, base64: keys are delivered to it. */
  readonly exchangeKey: string;
  /** The user key on this device, sealed to the district; null until it was escrowed. */
  readonly userKey: string | null;
}

/** Every key with which a person has signed on a device, the present and the former ones. */
export interface SigningKey {
  /** `signingKeyId` of the point. */
  readonly id: string;
  readonly device: string;
  readonly person: string;
  /** Raw point, base64. */
  readonly key: string;
}

/** The key of a scope on one device, sealed to the district. */
export interface EscrowedKey {
  readonly device: string;
  readonly scope: string;
  readonly id: string;
  readonly sealed: string;
}

/** The end of a device's chain as the district knows it. */
export interface Chain {
  readonly device: string;
  readonly number: number;
  readonly hash: string;
  /** In which it came. */
  readonly epoch: string;
}
