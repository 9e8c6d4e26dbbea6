import { Alert, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import { ok } from '../../../shared/core/result.ts';
import type { Desk } from '../../core/desk.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { Card } from '../layout/card.tsx';
import { NotHere } from '../layout/not-here.tsx';
import { Surface } from '../layout/surface.tsx';
import { prefillOf, recordPath, type Prefill } from '../paths.ts';
import { useKit } from '../ports.tsx';
import { nameOf, referenceTo } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { newKey } from './draft-key.ts';
import { DraftNotice } from './draft-notice.tsx';
import { EntityForm } from './entity-form.tsx';
import { creation, initialValues, selfIn } from './form-values.ts';
import { homeAreas } from './home-areas.ts';
import { useDraft } from './use-draft.ts';

export function NewPage({ entity: name }: { readonly entity: string }) {
  const { t } = useWords();
  const { registry } = useDesk();
  const { search } = useLocation();
  const [round, setRound] = useState(0);
  const entity = registry.entities.get(name);
  if (!entity) return <NotHere title={t('record.missing')} />;
  const prefill = prefillOf(search);
  return (
    <NewForm
      key={`${name} ${search} ${round}`}
      entity={entity}
      prefill={prefill}
      onAnew={() => setRound(round + 1)}
    />
  );
}

interface NewFormProps {
  readonly entity: AnyEntity;
  readonly prefill: Prefill | undefined;
  readonly onAnew: () => void;
}

function NewForm({ entity, prefill, onAnew }: NewFormProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const navigate = useNavigate();
  const tell = useTold();
  const key = newKey(entity.name, prefill);
  const [id] = useState(() => desk.draft(key)?.creates ?? desk.newId(entity.name));
  const draft = useDraft({ key, entity: entity.name, creates: id });
  const [initial] = useState(
    () =>
      draft.restored?.values ??
      initialValues(entity.fields as Fields, {
        ...selfIn(entity, myself(desk)),
        ...prefilled(desk, entity, prefill),
      }),
  );
  const areas = useMemo(
    () => homeAreas(entity, { actor: desk.me, roles: desk.registry.roles, areas: kit.areas() }),
    [entity, desk, kit],
  );
  const target = targetArea(desk, prefill);
  const [area, setArea] = useState(() => areas.find((code) => code === target) ?? areas[0]);
  // What follows from a confidential matter is read by whom that names, in whichever area: nothing to choose.
  const isGiven = 'readersOf' in entity.scope && area === target;
  const what = nameOf(entity, language);
  const title = t('form.new', { what });

  const save = async (values: Values) => {
    const command = creation(entity, id, area ?? '', values);
    const outcome = await desk.run(command, { opened: draft.opened });
    if (!outcome.ok) return outcome;
    await draft.drop();
    tell(command, undefined);
    void navigate(recordPath(prefill ? prefill.to : id), { replace: true });
    return ok(outcome.value);
  };
  return (
    <Surface className="kit-page kit-stack">
      <h1 style={{ fontSize: '1.375rem', fontWeight: 600 }}>{title}</h1>
      {areas.length === 0 && <Alert type="warning" showIcon title={t('form.areaNone', { what })} />}
      <DraftNotice draft={draft} onAnew={onAnew} />
      <EntityForm
        entity={entity}
        initial={initial}
        title={title}
        draft={draft}
        onSubmit={save}
        onCancel={() => void navigate(-1)}
        cannotSubmit={area === undefined}
        lead={
          areas.length > 1 && !isGiven ? (
            <Card>
              <div className="kit-field" style={{ maxWidth: '26rem' }}>
                <label className="kit-label" htmlFor="kit-area">
                  {t('form.area')}
                </label>
                <Select
                  id="kit-area"
                  value={area ?? null}
                  showSearch={{ optionFilterProp: 'label' }}
                  options={areas.map((code) => ({ value: code, label: kit.areaName(code) }))}
                  onChange={(code: string | null) => setArea(code ?? undefined)}
                />
              </div>
            </Card>
          ) : null
        }
      />
    </Surface>
  );
}

/** As others would choose me; the directory may not be here yet. */
function myself(desk: Desk): Reference {
  const shown = desk.get(desk.me.id);
  const entity = shown && desk.registry.entities.get(shown.record.entity);
  return shown && entity ? referenceTo(entity, shown.record) : { id: desk.me.id, title: desk.me.name };
}

/** The record that the new one belongs to, as a value of the field that points there. */
function prefilled(desk: Desk, entity: AnyEntity, prefill: Prefill | undefined): Values {
  const shown = prefill && desk.get(prefill.to);
  const target = shown && desk.registry.entities.get(shown.record.entity);
  const field = prefill && (entity.fields as Fields)[prefill.field];
  if (!shown || !target || !field) return {};
  const reference = referenceTo(target, shown.record);
  return { [prefill.field]: field.kind === 'references' ? [reference] : reference };
}

/** The home area of what the new record belongs to is the likeliest one. */
const targetArea = (desk: Desk, prefill: Prefill | undefined): string | undefined =>
  prefill && desk.get(prefill.to)?.record.area;
