/** A request of the page to `/api/…`, carried to the district and answered as a page hears it. */
import { FILED } from '../shared/bridge.ts';
import { carryApi, type ApiOptions } from './api.ts';
import { bodyWithin } from './body-within.ts';

export const answerApi =
  (options: ApiOptions) =>
  async (request: Request, path: string): Promise<Response> => {
    const body = (most: number) => bodyWithin(request, most);
    const answer = await carryApi({ method: request.method, path, body }, options);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(answer.filed !== undefined && { [FILED]: String(answer.filed) }),
    };
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers });
  };
