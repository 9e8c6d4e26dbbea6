import type { OfficialNumber, OfficialNumberField } from '../../../../shared/core/field/official-number.ts';
import { showValue } from '../../../../shared/core/format.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

/** Given by the district; shown, never typed. */
export function OfficialNumberControl({
  field,
  value,
  id,
}: ControlProps<OfficialNumberField, OfficialNumber>) {
  const { language, t } = useWords();
  return <output id={id}>{value ? showValue(field, value, language) : t('common.none')}</output>;
}
