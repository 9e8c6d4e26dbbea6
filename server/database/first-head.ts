/** The one row that names the district and counts its sequence. Made at the first start, and after somebody emptied the database. */
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export async function ensureHead(
  db: Kysely<Tables>,
  { district, name, epoch }: { readonly district: string; readonly name: string; readonly epoch: string },
): Promise<void> {
  await db
    .insertInto('head')
    .values({ single: 1, district, name, epoch, restored_head: 0, seq: 0, durable: 0, devices: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Remembers the first key and compares every later one; false where the folder holds another district's or none of the old keys. */
export async function isKeyOfDistrict(db: Kysely<Tables>, publicKey: string): Promise<boolean> {
  await db.updateTable('head').set({ public_key: publicKey }).where('public_key', 'is', null).execute();
  const { public_key: known } = await db.selectFrom('head').select('public_key').executeTakeFirstOrThrow();
  return known === publicKey;
}
