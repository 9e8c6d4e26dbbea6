import type { Grant } from '../../../shared/core/access.ts';
import { useDesk } from '../../core/hooks.ts';
import { useKit } from '../../kit/ports.tsx';
import { ToneTag } from '../../kit/value/tone-tag.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** 人民调解员 · 江南新村居委会, one tag a grant. */
export function GrantTags({ grants }: { readonly grants: readonly Grant[] }) {
  const { say } = useTexts();
  const { registry } = useDesk();
  const { areaName } = useKit();
  return (
    <span className="kit-row">
      {grants.map(({ role, area }) => {
        const declared = registry.roles[role];
        return (
          <ToneTag key={`${role} ${area}`} tone={declared?.administers ? 'care' : 'plain'}>
            {declared ? say(declared) : role} · {areaName(area)}
          </ToneTag>
        );
      })}
    </span>
  );
}
