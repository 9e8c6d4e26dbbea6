import type { Reference } from '../../core/field/reference.ts';
import type { Sample, SampleStep } from '../../core/sample.ts';

const REFLECTIONS = [
  '第一次站在住户那边想问题，才明白开场那句话有多重要。',
  '别的居委把议事规则贴在楼道里，回去和楼组长商量试一试。',
  '笔录要当场读给双方听，这一条以前做得不够。',
  '六个任务点走下来，印象最深的是社区食堂的阿姨记得住每个人的口味。',
];

export const sampleParticipation: Sample = ({ source, today, reference, author }) => {
  const event: Reference = reference('trainingEvent') ?? {
    id: `trainingEvent_${'0'.repeat(26)}`,
    title: '人民调解实务',
    kept: { name: '人民调解实务', startsAt: `${today}T09:00`, hours: 4 },
  };
  const startsAt = String(event.kept?.['startsAt'] ?? '');
  const hours = Number(event.kept?.['hours'] ?? 2);
  const isPast = startsAt !== '' && startsAt.slice(0, 10) < today;
  return {
    values: { event, person: reference('person') ?? author },
    steps: isPast ? attendance() : [],
  };

  function attendance(): readonly SampleStep[] {
    const drawn = source.whole(20);
    if (drawn === 0) return [{ advance: 'cancelled', values: { remark: '当天有值班' } }];
    if (drawn < 3)
      return [{ advance: 'absent', values: { remark: source.pick(['临时接访', '请假', '未说明']) } }];
    const came: SampleStep = {
      advance: 'attended',
      values: {
        checkedInAt: startsAt,
        hours: source.chance(0.9) ? hours : Math.max(0.5, hours - 1),
        result: source.pick(['pass', 'pass', 'pass', 'excellent', 'none']),
      },
    };
    return source.chance(0.3) ? [came, { change: { reflection: source.pick(REFLECTIONS) } }] : [came];
  }
};
