import { enrolmentRequestFile, type EnrolmentRequestFile } from '../../../shared/protocol/enrolment.ts';

/** @returns undefined where the text is no request of a computer to be enrolled */
export function requestIn(text: string): EnrolmentRequestFile | undefined {
  try {
    const parsed = enrolmentRequestFile.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
