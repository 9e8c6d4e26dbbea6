/**
 * POST /api/push: as a device, whoever sits there. Sealed operations in the device's own order; each is judged with its author's
 * rights, and carries its author's signature (sync.md S13). Whatever is not sound in a chain applies nothing and is kept aside.
 */
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { PushEntry, PushRequest, PushResponse, Verdict } from '../../shared/protocol/messages.ts';
import { verdictsText } from '../../shared/protocol/signing.ts';
import type { DistrictError } from '../district-error.ts';
import { openSubmission } from '../judge/open-envelope.ts';
import { verifyLinks } from '../judge/verify-links.ts';
import type { Outcome, Submission } from '../judge/submission.ts';
import type { SigningKey } from '../ledger/on-device.ts';
import type { Device } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import type { Asking } from '../people/authenticate.ts';
import { callerFor } from '../people/permit.ts';
import { toldTo } from './told-before.ts';

type Answer = Result<PushResponse, DistrictError>;

export async function push(
  parts: Parts,
  asking: Asking,
  { protocol, epoch, entries }: PushRequest,
): Promise<Answer> {
  const { transactor, authenticate } = parts;
  const carrier = await callerFor(transactor, asking, 'carry', authenticate);
  if (!carrier.ok) return carrier;
  if (!parts.speaks(protocol)) return refuse({ error: 'unsupported-protocol' });
  const { device } = carrier.value;
  const { head: present, signingKeys } = await transactor.carrying(device.id);
  const head = { epoch: present.epoch, restoredHead: present.restoredHead };
  // Another device's entries are no part of this one's chain; they leave no trace.
  const own = entries.filter(({ envelope }) => envelope.device === device.id);
  const opened = await openAll(parts, own, device, signingKeys);
  if (opened === 'forged') return quarantined(parts, device, entries);
  const isLate = epoch !== undefined && epoch !== head.epoch;
  const submissions = opened.submissions.map((one) => (isLate ? { ...one, late: true } : one));
  const outcomes = submissions.length > 0 ? await parts.judge(submissions) : [];
  if (outcomes.some(({ kind }) => kind === 'forked')) return refuse({ error: 'quarantined' });
  const { verdicts, ...rest } = answerTo(entries, own, outcomes, opened.hasUnknownKey);
  const answer = { ...head, ...rest, verdicts: verdicts.map((verdict) => toldTo(protocol, verdict)) };
  return ok({ ...answer, signature: signatureOf(parts, { device: device.id, asking }, answer) });
}

function signatureOf(
  { keys: { sign, hash } }: Parts,
  { device, asking }: { readonly device: string; readonly asking: Asking },
  { verdicts, ...said }: PushResponse,
): string {
  const { bodyHash } = asking;
  const hashed = hash(JSON.stringify(verdicts));
  return sign(verdictsText({ device, bodyHash, ...said, verdicts: hashed }));
}

interface Opened {
  readonly submissions: readonly Submission[];
  /** Behind the last submission stands an entry whose signing key the district does not know. */
  readonly hasUnknownKey: boolean;
}

async function openAll(
  { keys: { open, hash, verify, mac } }: Parts,
  entries: readonly PushEntry[],
  device: Device,
  signingKeys: readonly SigningKey[],
): Promise<Opened | 'forged'> {
  const verified = verifyLinks(entries, { hash, verify, device: device.id, signingKeys });
  if (verified.kind === 'forged') return 'forged';
  const submissions: Submission[] = [];
  for (const entry of entries.slice(0, verified.count)) {
    const submission = await openSubmission(entry, { open, hash, mac, device });
    if (submission === 'forged') return 'forged';
    submissions.push(submission);
  }
  return { submissions, hasUnknownKey: verified.kind === 'unknownKey' };
}

/** A signature that is not its author's: nothing is applied, everything is kept as it came, and the administrator is told. */
async function quarantined(parts: Parts, { id }: Device, entries: readonly PushEntry[]): Promise<Answer> {
  const at = parts.instant();
  await parts.transactor.transact(async (writing) => {
    const device = await writing.lockDevice(id);
    if (device) await writing.saveDevice({ ...device, quarantined: true });
    await writing.raiseAlarm({ at, code: 'signatureForged', operation: '', device: id, person: null });
    for (const entry of entries) {
      await writing.setAside({ at, device: id, number: entry.link.number, text: JSON.stringify(entry) });
    }
  });
  return refuse({ error: 'quarantined' });
}

function answerTo(
  entries: readonly PushEntry[],
  own: readonly PushEntry[],
  outcomes: readonly Outcome[],
  hasUnknownKey: boolean,
): Pick<PushResponse, 'verdicts' | 'expects' | 'previous'> {
  const places = new Map(own.map((entry, index) => [entry, index]));
  const gap = outcomes.find((outcome) => outcome.kind === 'gap');
  const stop = hasUnknownKey ? own[outcomes.length] : undefined;
  const { number: expects, previous } =
    gap?.kind === 'gap' ? { number: gap.expects, previous: gap.previous } : (stop?.link ?? {});
  const verdicts = entries.flatMap((entry): readonly Verdict[] => {
    const place = places.get(entry);
    const { id } = entry.envelope;
    if (place === undefined) return [{ id, verdict: 'refused', reason: { code: 'damaged' } }];
    const outcome = outcomes[place];
    if (outcome) return outcome.kind === 'judged' ? [outcome.verdict] : [];
    // Enrolled after the backup from which the district came back, or not yet again: asked about again, and no trace is kept.
    return place === outcomes.length && !gap ? [{ id, verdict: 'held', reason: { code: 'access' } }] : [];
  });
  return { verdicts, ...(expects !== undefined && { expects }), ...(previous !== undefined && { previous }) };
}
