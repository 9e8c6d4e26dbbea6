import { expect, test } from 'vitest';
import { whyForReview } from '../../../shared/protocol/review.ts';
import { resources } from '../../texts/i18n.ts';

test.each(['zh', 'en'] as const)(
  'each cause for which something waits has a sentence of its own: %s',
  (language) => {
    const { why } = resources[language].translation.app.review;
    expect(Object.keys(why).sort()).toEqual([...whyForReview.options].sort());
    const sentences = Object.values(why);
    expect([...new Set(sentences)]).toEqual(sentences);
  },
);
