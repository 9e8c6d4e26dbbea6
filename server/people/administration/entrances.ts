/** Ways in: one-time codes, and the answer to a request file where there is no network. */
import { ok, refuse } from '../../../shared/core/result.ts';
import type {
  AdministerRefusal,
  AdministrationInput,
  AdministrationOutput,
} from '../../../shared/protocol/administer.ts';
import type { DistrictError } from '../../district-error.ts';
import { issueCode } from '../codes.ts';
import { enrolByFile } from '../enrolment.ts';
import { reaches, reachesDevice, type Carried, type Office } from './office.ts';

interface Entrance {
  readonly person: string;
  readonly device?: string | undefined;
}

export async function issue(
  office: Office,
  entrance: AdministrationInput<'code.issue'>,
): Carried<AdministrationOutput<'code.issue'>> {
  const { transactor, clock, random } = office.parts;
  const wrong = await whyNotHere(office, entrance);
  if (wrong !== undefined) return refuse(wrong);
  const issued = await transactor.transact((writing) =>
    issueCode(writing, entrance, { now: clock(), random }),
  );
  return issued ? ok(issued) : refuse('unknown-person');
}

export async function answerFile(
  office: Office,
  { person, device, request: { request } }: AdministrationInput<'enrolment.answer'>,
): Carried<AdministrationOutput<'enrolment.answer'>> {
  const wrong = await whyNotHere(office, { person, device: device ?? request.device.id });
  if (wrong !== undefined) return refuse(wrong);
  const answered = await enrolByFile(office.parts, { person, device, request });
  return answered.ok ? ok({ file: answered.value }) : refuse(refusalOf(answered.error));
}

function refusalOf({ error }: DistrictError): AdministerRefusal {
  if (error === 'revoked' || error === 'quarantined') return 'unknown-device';
  return error === 'code-unknown' ? 'unknown-person' : 'malformed';
}

/** A device that nobody has heard of is no obstacle: it may have been enrolled after the backup that was restored. */
const whyNotHere = (
  office: Office,
  { person: id, device: deviceId }: Entrance,
): Promise<AdministerRefusal | undefined> =>
  office.parts.transactor.read(async (reading) => {
    const [person] = await reading.persons([id]);
    if (!person || person.disabled) return 'unknown-person';
    if (!reaches(office, person)) return 'outside-area';
    const device = deviceId === undefined ? undefined : await reading.device(deviceId);
    return device && !(await reachesDevice(office, reading, device)) ? 'outside-area' : undefined;
  });
