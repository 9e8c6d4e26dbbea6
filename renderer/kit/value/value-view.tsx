/** One value as people read it, for every field kind: tags where a colour means something, links to records, numbers masked. */
import { Link } from 'react-router';
import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import type { Attachment } from '../../../shared/core/field/attachments.ts';
import type { Options } from '../../../shared/core/field/choice.ts';
import { fieldsWithin, type AnyField } from '../../../shared/core/field/field.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import type { RowsField } from '../../../shared/core/field/rows.ts';
import { showValue } from '../../../shared/core/format.ts';
import { AttachmentsList } from '../attachments/attachments-list.tsx';
import { recordPath } from '../paths.ts';
import { useWords } from '../words.ts';
import { MaskedValue } from './masked-value.tsx';
import { StageTag } from './stage-tag.tsx';
import { ToneTag } from './tone-tag.tsx';

export interface ValueViewProps {
  readonly field: AnyField;
  readonly value: unknown;
  /** Offers to uncover sensitive values. */
  readonly reveal?: boolean;
}

export function ValueView({ field, value, reveal = false }: ValueViewProps) {
  const { language, say, t } = useWords();
  if (isAbsent(value)) return <span className="kit-muted">{t('common.none')}</span>;
  switch (field.kind) {
    case 'stages':
      return <StageTag field={field} stage={String(value)} />;
    case 'choice':
      return <Choice options={field.options} value={String(value)} />;
    case 'choices':
      return (
        <span className="kit-row">
          {(value as readonly string[]).map((one) => (
            <Choice key={one} options={field.options} value={one} isTag />
          ))}
        </span>
      );
    case 'reference':
      return <ReferenceLink reference={value as Reference} />;
    case 'references':
      return (
        <span className="kit-row">
          {(value as readonly Reference[]).map((one) => (
            <ReferenceLink key={one.id} reference={one} />
          ))}
        </span>
      );
    case 'rows':
      return <RowsTable field={field} rows={value as readonly Values[]} reveal={reveal} />;
    case 'attachments':
      if (field.sensitive && !reveal) return <MaskedValue field={field} value={value} reveal={reveal} />;
      return <AttachmentsList attachments={value as readonly Attachment[]} name={say(field.label)} />;
    default:
      if (field.sensitive) return <MaskedValue field={field} value={value} reveal={reveal} />;
      return <>{showValue(field, value, language)}</>;
  }
}

const ReferenceLink = ({ reference }: { readonly reference: Reference }) => (
  <Link to={recordPath(reference.id)} onClick={(event) => event.stopPropagation()}>
    {reference.title}
  </Link>
);

interface ChoiceProps {
  readonly options: Options;
  readonly value: string;
  readonly isTag?: boolean;
}

function Choice({ options, value, isTag = false }: ChoiceProps) {
  const { say } = useWords();
  const option = options[value];
  const text = option ? say(option) : value;
  if (!isTag && option?.tone === undefined) return <>{text}</>;
  return <ToneTag tone={option?.tone ?? 'plain'}>{text}</ToneTag>;
}

interface RowsTableProps {
  readonly field: RowsField;
  readonly rows: readonly Values[];
  readonly reveal: boolean;
}

/** The short table inside a record; columns that nobody filled in are left out. */
function RowsTable({ field, rows, reveal }: RowsTableProps) {
  const { say } = useWords();
  const columns = Object.entries(fieldsWithin(field)).filter(([name]) =>
    rows.some((row) => !isAbsent(row[name])),
  );
  return (
    <table className="kit-rows">
      <thead>
        <tr>
          {columns.map(([name, column]) => (
            <th key={name} scope="col">
              {say(column.label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {columns.map(([name, column]) => (
              <td key={name}>
                <ValueView field={column} value={row[name]} reveal={reveal} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
