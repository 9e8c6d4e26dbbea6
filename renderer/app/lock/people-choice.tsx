import { useTexts } from '../../texts/use-texts.ts';

interface PeopleChoiceProps {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

export function PeopleChoice({ people, chosen, onChoose }: PeopleChoiceProps) {
  const { t } = useTexts();
  return (
    <fieldset className="door-people">
      <legend>{t('door.who')}</legend>
      <div>
        {people.map(({ id, name }) => (
          <div className="door-person" key={id}>
            <input
              type="radio"
              name="person"
              id={`person-${id}`}
              value={id}
              checked={id === chosen}
              onChange={() => onChoose(id)}
            />
            <label htmlFor={`person-${id}`}>
              <span className="door-seal" aria-hidden="true">
                {[...name][0]}
              </span>
              {name}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
