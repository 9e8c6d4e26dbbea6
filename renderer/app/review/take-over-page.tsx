/** 改后入账: a colleague's text in the form that it was written with, to be put right and saved in the reviewer's own name. No draft: the text stays its author's until then. */
import { Alert, App } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { ReviewItem } from '../../../shared/protocol/review.ts';
import { useDesk, useReview } from '../../core/hooks.ts';
import { CorrectionForm } from '../../kit/form/correction-form.tsx';
import { correctedValues, correctionOf } from '../../kit/form/correction.ts';
import { NotHere } from '../../kit/layout/not-here.tsx';
import { Surface } from '../../kit/layout/surface.tsx';
import { reviewPath } from '../../kit/paths.ts';
import { useKit } from '../../kit/ports.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { operationWords } from '../sync/operation-words.ts';
import { canTakeOver, takeOver } from './take-over.ts';

export function TakeOverPage() {
  const { operation = '' } = useParams();
  const { t } = useTexts();
  const desk = useDesk();
  const { cases } = useReview();
  const [opened, setOpened] = useState<ReviewItem>();
  const known = cases?.find(([item]) => item?.operation.id === operation);
  // Asked for again where the window was opened on this very page.
  useEffect(() => {
    if (!cases) void desk.askReview();
  }, [desk, cases]);
  // Once opened it stays, also while deciding takes it out of the list.
  const item = opened ?? (known && canTakeOver(known, desk) ? known[0] : undefined);
  if (item && !opened) setOpened(item);
  const entity = item && desk.registry.entities.get(item.operation.entity);
  if (!cases && !item) return null;
  if (!item || !entity) return <NotHere title={t('review.gone')} />;
  return <TakingOver key={operation} item={item} entity={entity} />;
}

function TakingOver({ item, entity }: { readonly item: ReviewItem; readonly entity: AnyEntity }) {
  const { t, language } = useTexts();
  const desk = useDesk();
  const { personName } = useKit();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { operation, refused, reason } = item;
  const [opened] = useState(() => desk.open(operation.record));
  const [correction] = useState(() => correctionOf(operation, entity, opened.seen));
  const told = operationWords(operation, desk, language);
  const title = [t('review.takeOver'), told.title].filter((part) => part !== '').join(' · ');
  const save = async (values: Values) => {
    const corrected = correctedValues(correction, operation, entity, values);
    const commands = takeOver(operation, entity, corrected, t('review.takenOverWords'));
    const outcome = await desk.runAll(commands, { opened, corrects: operation.id });
    if (outcome.ok) {
      void message.success(t('review.takenOver'));
      void navigate(reviewPath);
    }
    return outcome;
  };
  return (
    <Surface className="kit-page kit-stack">
      <h1 style={{ fontSize: '1.375rem', fontWeight: 600 }}>{title}</h1>
      <Alert
        type="info"
        showIcon
        title={t('review.takeOverLead', { who: personName(operation.author) || t('common.person') })}
        description={t('review.takeOverHint')}
      />
      <CorrectionForm
        {...{ entity, correction, title }}
        initial={correction.kind === 'again' ? {} : correction.initial}
        reason={refused ?? reason}
        before={opened.seen?.values}
        submitLabel={t('review.takeOverYes')}
        onSubmit={save}
        onCancel={() => void navigate(-1)}
      />
    </Surface>
  );
}
